package org.storysign.plugins.platform.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** JSON as people write it into a line of source: {@code {"points": 91, "of": [1, 2]}}. */
final class JsonLiteral {

    private JsonLiteral() {}

    static String of(JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream()
                    .map(member -> "\"" + member.getKey() + "\": " + of(member.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node.isArray()) {
            return elements(node).stream().map(JsonLiteral::of).collect(Collectors.joining(", ", "[", "]"));
        }
        return node.toString();
    }

    static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /** Whether it is one element so often that nobody wants to read each. */
    static boolean repeats(JsonNode array) {
        return array.size() > 2 && elements(array).stream().distinct().count() == 1;
    }
}
