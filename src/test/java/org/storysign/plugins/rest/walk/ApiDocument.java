package org.storysign.plugins.rest.walk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The service's own description (OpenAPI 3.1), and what it says of an answer. */
final class ApiDocument {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "options", "head");

    private final ObjectMapper json = new ObjectMapper();
    private final ObjectNode document;
    private final Map<String, Schema> schemas = new HashMap<>();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    ApiDocument(String text) {
        try {
            this.document = (ObjectNode) json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** An operation, such as {@code GET /api/plugins/{plugin_id}}. */
    record Operation(
            String method, String path, List<Parameter> parameters, Map<String, JsonNode> bodies, JsonNode responses) {

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** {@code in} is path, query or header. */
    record Parameter(String name, String in, JsonNode schema) {}

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (METHODS.contains(method.getKey())) {
                        operations.add(operation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                path.getValue(),
                                method.getValue()));
                    }
                }));
        return operations;
    }

    private static Operation operation(String method, String path, JsonNode shared, JsonNode own) {
        List<Parameter> parameters = new ArrayList<>();
        shared.path("parameters").forEach(parameter -> parameters.add(parameter(parameter)));
        own.path("parameters").forEach(parameter -> parameters.add(parameter(parameter)));
        Map<String, JsonNode> bodies = new TreeMap<>();
        own.path("requestBody")
                .path("content")
                .properties()
                .forEach(content ->
                        bodies.put(content.getKey(), content.getValue().path("schema")));
        return new Operation(method, path, parameters, bodies, own.path("responses"));
    }

    private static Parameter parameter(JsonNode node) {
        return new Parameter(node.path("name").asText(), node.path("in").asText(), node.path("schema"));
    }

    /** A schema with its reference followed. */
    JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asText("");
        return reference.startsWith("#/") ? resolved(document.at(reference.substring(1))) : schema;
    }

    /** What is wrong with an answer by what is said of the operation; empty when nothing is. */
    List<String> faults(Operation operation, int status, String contentType, byte[] body) {
        JsonNode response = operation.responses().path(Integer.toString(status));
        if (response.isMissingNode() && status >= 400) {
            response = operation.responses().path("default");
        }
        if (response.isMissingNode()) {
            return List.of("the status " + status + " is not described");
        }
        JsonNode content = response.path("content");
        if (body.length == 0) {
            // What a plugin answers may be empty.
            boolean mayBeEmpty =
                    content.isEmpty() || status == 304 || names(content).equals(List.of("application/octet-stream"));
            return mayBeEmpty ? List.of() : List.of("an answer " + status + " without the body that is described");
        }
        String type = contentType.replaceAll(";.*", "").strip();
        Optional<JsonNode> media = content.properties().stream()
                .filter(entry -> entry.getKey().equals("*/*")
                        || entry.getKey().replaceAll(";.*", "").strip().equals(type))
                .map(Map.Entry::getValue)
                .findFirst();
        if (media.isEmpty()) {
            return List.of("an answer " + status + " of type `" + contentType + "`, described are " + names(content));
        }
        return type.equals("application/json") || type.endsWith("+json")
                ? invalid(media.get().path("schema"), body)
                : List.of();
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private List<String> invalid(JsonNode schema, byte[] body) {
        if (schema.isMissingNode() || schema.isEmpty()) {
            return List.of();
        }
        try {
            String text = json.readTree(body).toString();
            return validator(schema).validate(text, InputFormat.JSON).stream()
                    .map(error -> "the body at `" + error.getInstanceLocation() + "` " + error.getMessage())
                    .limit(5)
                    .toList();
        } catch (IOException e) {
            return List.of("the body is not JSON");
        }
    }

    private Schema validator(JsonNode schema) {
        return schemas.computeIfAbsent(schema.toString(), text -> {
            ObjectNode root = json.createObjectNode();
            root.putArray("allOf").add(schema);
            root.set("components", document.path("components"));
            return registry.getSchema(root.toString(), InputFormat.JSON);
        });
    }
}
