package org.storysign.plugins.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.Set;
import java.util.function.Function;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;

/** The JSON that guests hand to platform functions and get back. */
final class GuestJson {

    /** How deep a guest may nest. */
    static final int DEEPEST = 100;

    static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final StrictJson STRICT = new StrictJson(DEEPEST);
    private static final JsonMapper WRITER = new JsonMapper();

    private GuestJson() {}

    /** Reads an object with these members, reads it by {@code use}, and refuses with {@code data-invalid} what did not fit. */
    static <T> T read(byte[] input, Set<String> known, Function<JsonFields, T> use) {
        Violations violations = new Violations();
        JsonNode node = STRICT.read(input, violations);
        violations.refuse(ProblemCode.DATA_INVALID, "the input");
        JsonFields fields = JsonFields.of(node, "", violations, known)
                .orElseThrow(() -> violations.exception(ProblemCode.DATA_INVALID, "the input"));
        violations.refuse(ProblemCode.DATA_INVALID, "the input");
        return use.apply(fields);
    }

    static byte[] ok(JsonNode answer) {
        ObjectNode object = NODES.objectNode();
        object.set("ok", answer);
        return bytes(object);
    }

    static byte[] error(ProblemException refusal) {
        ObjectNode object = NODES.objectNode();
        object.putObject("error").put("code", refusal.code().code()).put("message", refusal.detail());
        return bytes(object);
    }

    /** Text that is JSON already. */
    static JsonNode raw(String json) {
        return NODES.rawValueNode(new RawValue(json));
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return WRITER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON cannot fail to be written", e);
        }
    }
}
