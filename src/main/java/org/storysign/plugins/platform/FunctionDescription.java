package org.storysign.plugins.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * What authors are told of a platform function. The reference page, the kits and the tests that call every function are made from
 * these, and a test holds that they say what the registered functions are.
 *
 * @param name as guests import it
 * @param summary one sentence
 * @param input the members of its input
 * @param answer the members of what is in {@code ok}
 * @param note what else there is to know
 * @param nullable whether what is in {@code ok} may be null
 * @param errors codes it may answer besides those of every function
 * @param example an input, and what a plugin gets that has nothing yet
 */
public record FunctionDescription(
        String name,
        String summary,
        List<Member> input,
        List<Member> answer,
        Optional<String> note,
        boolean nullable,
        List<String> errors,
        Example example) {

    /**
     * A member of a JSON object.
     *
     * @param type {@code string}, {@code integer} (64 bits), {@code number}, {@code boolean}, {@code object} (any), {@code any}, the name of a
     *     {@link Shape}, or {@code array of} one of these
     * @param required whether an input needs it
     * @param nullable whether it may be null in an answer, or not be there
     */
    public record Member(String name, String type, boolean required, boolean nullable, String about) {}

    /** An object that members are made of. */
    public record Shape(String name, String summary, List<Member> members) {}

    /** An example that a test runs. */
    public record Example(JsonNode input, JsonNode answer) {}

    /** All of them, in the order of the description. */
    public static List<FunctionDescription> all() {
        return PlatformDescription.read().functions();
    }
}
