package org.storysign.plugins.rest.walk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values that fit a schema, more or less, and the same with one thing wrong. */
final class SchemaValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEEPEST = 6;

    private final ApiDocument document;
    private final Random random;

    SchemaValues(ApiDocument document, Random random) {
        this.document = document;
        this.random = random;
    }

    /** Something that fits. */
    JsonNode fitting(JsonNode schema) {
        return fitting(schema, 0);
    }

    private JsonNode fitting(JsonNode reference, int depth) {
        JsonNode schema = document.resolved(reference);
        for (String choice : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.path(choice).size() > 0) {
                return fitting(
                        schema.path(choice)
                                .get(random.nextInt(schema.path(choice).size())),
                        depth);
            }
        }
        if (schema.path("enum").size() > 0) {
            return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
        }
        if (schema.path("examples").size() > 0 && random.nextBoolean()) {
            return schema.path("examples").get(0);
        }
        return switch (type(schema)) {
            case "object" -> object(schema, depth);
            case "array" -> array(schema, depth);
            case "integer" -> JSON.numberNode(random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(100));
            case "number" -> JSON.numberNode(random.nextDouble() * 1_000);
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "null" -> JSON.nullNode();
            default -> text(schema);
        };
    }

    private String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.get(random.nextInt(type.size())).asText();
        }
        return type.asText(schema.has("properties") ? "object" : schema.has("items") ? "array" : "string");
    }

    private JsonNode object(JsonNode schema, int depth) {
        ObjectNode object = JSON.objectNode();
        if (depth < DEEPEST) {
            List<String> required = new ArrayList<>();
            schema.path("required").forEach(name -> required.add(name.asText()));
            for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
                if (required.contains(member.getKey()) || random.nextInt(3) > 0) {
                    object.set(member.getKey(), fitting(member.getValue(), depth + 1));
                }
            }
        }
        return object;
    }

    private JsonNode array(JsonNode schema, int depth) {
        ArrayNode array = JSON.arrayNode();
        int size = depth < DEEPEST ? random.nextInt(3) : 0;
        for (int i = 0; i < size; i++) {
            array.add(fitting(schema.path("items"), depth + 1));
        }
        return array;
    }

    private JsonNode text(JsonNode schema) {
        return JSON.textNode(
                switch (schema.path("format").asText("")) {
                    case "date-time" -> "2026-11-23T10:00:00Z";
                    case "uuid" -> "00000000-0000-0000-0000-00000000000" + random.nextInt(10);
                    case "uri" -> "https://example.com/";
                    default -> random.nextInt(4) == 0 ? HostileText.word(random) : "word-" + random.nextInt(100);
                });
    }

    /** A copy with one thing changed, taken away or added, anywhere in it. */
    JsonNode broken(JsonNode value) {
        JsonNode copy = value.deepCopy();
        List<JsonNode> containers = new ArrayList<>();
        collect(copy, containers);
        if (containers.isEmpty()) {
            return hostile();
        }
        JsonNode chosen = containers.get(random.nextInt(containers.size()));
        if (chosen instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            if (names.isEmpty() || random.nextInt(4) == 0) {
                object.set(HostileText.word(random), hostile());
            } else if (random.nextInt(3) == 0) {
                object.remove(names.get(random.nextInt(names.size())));
            } else {
                object.set(names.get(random.nextInt(names.size())), hostile());
            }
        } else if (chosen instanceof ArrayNode array) {
            for (int i = random.nextInt(20) == 0 ? 2_000 : 1; i > 0; i--) {
                array.add(hostile());
            }
        }
        return copy;
    }

    private static void collect(JsonNode value, List<JsonNode> containers) {
        if (value.isContainerNode()) {
            containers.add(value);
            value.forEach(inner -> collect(inner, containers));
        }
    }

    private JsonNode hostile() {
        return switch (random.nextInt(8)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(true);
            case 2 -> JSON.numberNode(Long.MIN_VALUE);
            case 3 -> JSON.numberNode(new BigDecimal("1e400"));
            case 4 -> JSON.arrayNode().add(JSON.arrayNode());
            case 5 -> JSON.objectNode().put("", HostileText.word(random));
            default -> JSON.textNode(HostileText.word(random));
        };
    }
}
