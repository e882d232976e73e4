package org.storysign.plugins.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.storysign.plugins.problem.JsonPointers;

/** Walks a schema and a configuration side by side. The schema has passed {@link ConfigSchemaShape}, so that the walk ends. */
final class ConfigWalk {

    private final ObjectNode root;

    ConfigWalk(ObjectNode root) {
        this.root = root;
    }

    /** Pointers to values whose schema says {@code writeOnly}, in any branch. */
    Set<String> secrets(ObjectNode config) {
        Set<String> found = new LinkedHashSet<>();
        secrets(root, config, "", found);
        return found;
    }

    /** A copy in which absent members have the default of their schema. */
    ObjectNode withDefaults(ObjectNode config) {
        ObjectNode copy = config.deepCopy();
        fill(root, copy);
        return copy;
    }

    private void fill(JsonNode schema, ObjectNode value) {
        JsonNode reference = schema.path("$ref");
        if (reference.isTextual()) {
            fill(SchemaKeywords.target(root, reference.textValue()), value);
        }
        schema.path("allOf").forEach(part -> fill(part, value));
        for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
            JsonNode standard = member.getValue().get("default");
            if (standard != null && !value.has(member.getKey()) && !isSecret(member.getValue())) {
                value.set(member.getKey(), standard.deepCopy());
            }
            if (value.get(member.getKey()) instanceof ObjectNode nested) {
                fill(member.getValue(), nested);
            }
        }
    }

    private void secrets(JsonNode schema, JsonNode value, String pointer, Set<String> found) {
        if (!schema.isObject()) {
            return;
        }
        if (isSecret(schema)) {
            found.add(pointer);
        }
        JsonNode reference = schema.path("$ref");
        if (reference.isTextual()) {
            secrets(SchemaKeywords.target(root, reference.textValue()), value, pointer, found);
        }
        SchemaKeywords.SAME_VALUE.forEach(
                keyword -> each(schema.path(keyword), part -> secrets(part, value, pointer, found)));
        schema.path("dependentSchemas").forEach(part -> secrets(part, value, pointer, found));
        if (value instanceof ObjectNode object) {
            object.properties().forEach(member -> member(schema, member, pointer, found));
        }
        if (value instanceof ArrayNode array) {
            elements(schema, array, pointer, found);
        }
    }

    private void member(JsonNode schema, Map.Entry<String, JsonNode> member, String pointer, Set<String> found) {
        String place = JsonPointers.child(pointer, member.getKey());
        secrets(schema.path("properties").path(member.getKey()), member.getValue(), place, found);
        schema.path("patternProperties").properties().forEach(pattern -> {
            if (new BoundedPattern(pattern.getKey()).matches(member.getKey())) {
                secrets(pattern.getValue(), member.getValue(), place, found);
            }
        });
        SchemaKeywords.OTHER_MEMBERS.forEach(keyword -> secrets(schema.path(keyword), member.getValue(), place, found));
    }

    private void elements(JsonNode schema, ArrayNode array, String pointer, Set<String> found) {
        for (int index = 0; index < array.size(); index++) {
            String place = JsonPointers.child(pointer, index);
            JsonNode element = array.get(index);
            secrets(schema.path("prefixItems").path(index), element, place, found);
            SchemaKeywords.ELEMENTS.forEach(keyword -> secrets(schema.path(keyword), element, place, found));
        }
    }

    private static boolean isSecret(JsonNode schema) {
        return schema.path("writeOnly").booleanValue();
    }

    private static void each(JsonNode schemas, Consumer<JsonNode> action) {
        if (schemas.isArray()) {
            schemas.forEach(action);
        } else {
            action.accept(schemas);
        }
    }
}
