package org.storysign.plugins.platform;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
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
 * @param errors codes it may answer besides those of every function
 * @param example an input, and what a plugin gets that has nothing yet
 */
public record FunctionDescription(
        String name,
        String summary,
        List<Member> input,
        List<Member> answer,
        Optional<String> note,
        List<String> errors,
        Example example) {

    private static final String RESOURCE = "/platform/host-functions.json";

    /**
     * A member of a JSON object.
     *
     * @param type such as {@code string}, {@code integer}, {@code any} or {@code array of string}
     */
    public record Member(String name, String type, boolean required, String about) {}

    /** An example that a test runs. */
    public record Example(JsonNode input, JsonNode answer) {}

    /** All of them, in the order of the reference page. */
    public static List<FunctionDescription> all() {
        JsonMapper json = JsonMapper.builder().addModule(new Jdk8Module()).build();
        try (InputStream resource =
                Objects.requireNonNull(FunctionDescription.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return json.readValue(resource, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException("the description of the platform's functions cannot be read", e);
        }
    }
}
