package org.storysign.plugins.rest.plugins;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Values that a schema marks {@code writeOnly}: they can be written, and are shown to nobody. */
final class SecretValues {

    private SecretValues() {}

    /** A copy of the object without its secrets, at any depth of {@code properties}. */
    static ObjectNode without(ObjectNode object, JsonNode schema) {
        ObjectNode shown = object.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            JsonNode rule = schema.path("properties").path(member.getKey());
            if (!rule.path("writeOnly").asBoolean(false)) {
                JsonNode value = member.getValue();
                shown.set(member.getKey(), value instanceof ObjectNode inner ? without(inner, rule) : value);
            }
        }
        return shown;
    }
}
