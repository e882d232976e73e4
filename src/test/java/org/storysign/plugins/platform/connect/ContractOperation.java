package org.storysign.plugins.platform.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An operation of a {@link ContractDocument}. */
record ContractOperation(ContractDocument document, String method, String path, JsonNode json) {

    private static final String JSON = "application/json";

    String id() {
        return json.path("operationId").textValue();
    }

    /** Whether its requests carry an idempotency key. */
    boolean changes() {
        return parameters("header").stream()
                .anyMatch(each -> each.path("name").textValue().equals("Idempotency-Key"));
    }

    /** What of a request is not as the operation says. */
    List<String> misfits(Function<String, @Nullable String> header, Map<String, String> query, String body) {
        List<String> wrong = new ArrayList<>();
        parameters("header")
                .forEach(each -> check(each, header.apply(each.path("name").textValue()), wrong));
        Set<String> known = new HashSet<>();
        for (JsonNode each : parameters("query")) {
            known.add(each.path("name").textValue());
            check(each, query.get(each.path("name").textValue()), wrong);
        }
        query.keySet().stream().filter(name -> !known.contains(name)).forEach(name -> wrong.add("unknown " + name));
        JsonNode schema = json.at("/requestBody/content/application~1json/schema");
        if (schema.isMissingNode()) {
            if (!body.isEmpty()) {
                wrong.add("has a body");
            }
        } else if (!JSON.equals(header.apply("Content-Type"))) {
            wrong.add("is no JSON");
        } else {
            wrong.addAll(document.misfits(schema, body));
        }
        return wrong;
    }

    /** What of an answer is not as the operation says. */
    List<String> misfits(int status, String type, String body) {
        JsonNode response = document.resolved(
                json.path("responses").path(json.path("responses").has("" + status) ? "" + status : "default"));
        JsonNode content = response.path("content").path(type);
        return content.isMissingNode()
                ? List.of("no " + type + " comes with " + status)
                : document.misfits(content.path("schema"), body);
    }

    /** The status of success. */
    int success() {
        return Integer.parseInt(json.path("responses").fieldNames().next());
    }

    /** The schema of what comes with success. */
    JsonNode answerSchema() {
        return json.path("responses")
                .path("" + success())
                .path("content")
                .path(JSON)
                .path("schema");
    }

    /** Every example with the schema it should fit, by where it stands. */
    Map<String, Example> examples() {
        Map<String, Example> examples = new TreeMap<>();
        Optional.of(json.at("/requestBody/content/application~1json"))
                .filter(content -> !content.isMissingNode())
                .ifPresent(content -> examples.put(id() + " request", Example.of(content)));
        json.path("responses")
                .properties()
                .forEach(response -> document.resolved(response.getValue())
                        .path("content")
                        .properties()
                        .forEach(content ->
                                examples.put(id() + " " + response.getKey(), Example.of(content.getValue()))));
        for (String in : List.of("header", "query")) {
            parameters(in)
                    .forEach(each -> examples.put(id() + " " + each.path("name").textValue(), Example.of(each)));
        }
        return examples;
    }

    /** An example and its schema. */
    record Example(JsonNode schema, JsonNode value) {
        static Example of(JsonNode both) {
            return new Example(both.path("schema"), both.path("example"));
        }
    }

    private List<JsonNode> parameters(String in) {
        List<JsonNode> found = new ArrayList<>();
        json.path("parameters").forEach(each -> found.add(document.resolved(each)));
        found.removeIf(each -> !each.path("in").textValue().equals(in));
        return found;
    }

    private void check(JsonNode parameter, @Nullable String value, List<String> wrong) {
        String name = parameter.path("name").textValue();
        if (value == null) {
            if (parameter.path("required").asBoolean(false)) {
                wrong.add(name + " is missing");
            }
            return;
        }
        boolean number = document.resolved(parameter.path("schema"))
                .path("type")
                .asText()
                .equals("integer");
        String json = number ? value : JsonNodeFactory.instance.textNode(value).toString();
        document.misfits(parameter.path("schema"), json).forEach(each -> wrong.add(name + " " + each));
    }
}
