package org.storysign.plugins.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.flipkart.zjsonpatch.JsonDiff;

/**
 * What a handler changed, as JSON Patch (RFC 6902) over {@code {"args", "kwargs", "result"}}. Of large payloads it says only which of the
 * three was replaced: to find the shortest difference takes time by the square of their size, and a plugin chooses that size.
 */
final class PayloadPatch {

    /** Nodes before and after together, up to which the difference is looked for. */
    static final int LARGEST = 2_000;

    private PayloadPatch() {}

    static JsonNode between(HookCall.Payload before, HookCall.Payload after) {
        ObjectNode old = asObject(before);
        ObjectNode changed = asObject(after);
        int left = count(changed, count(old, LARGEST));
        return left >= 0 ? JsonDiff.asJson(old, changed) : replaced(old, changed);
    }

    private static ArrayNode replaced(ObjectNode before, ObjectNode after) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        after.properties().stream()
                .filter(member -> !member.getValue().equals(before.get(member.getKey())))
                .forEach(member -> patch.addObject()
                        .put("op", "replace")
                        .put("path", "/" + member.getKey())
                        .set("value", member.getValue()));
        return patch;
    }

    /** What is left of {@code budget} after counting the node and all below it; negative when it was not enough. */
    private static int count(JsonNode node, int budget) {
        int left = budget - 1;
        for (JsonNode child : node) {
            if (left < 0) {
                return left;
            }
            left = count(child, left);
        }
        return left;
    }

    private static ObjectNode asObject(HookCall.Payload payload) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.set("args", payload.args());
        object.set("kwargs", payload.kwargs());
        object.set("result", payload.result());
        return object;
    }
}
