package org.storysign.plugins.rest.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * Shows in the description what is sent and what comes back. The examples in {@code api-examples.json} are what a service answered to a
 * walk through the API, which a test repeats. An answer without an example of its own has one of the same schema.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiExamples implements OASFilter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "/api-examples.json";

    private final JsonNode examples = read();
    private final Map<String, Object> bySchema = new HashMap<>();

    @Override
    public void filterOpenAPI(OpenAPI api) {
        api.getPaths()
                .getPathItems()
                .forEach((path, item) ->
                        item.getOperations().forEach((method, operation) -> show(operation, of(method.name(), path))));
        api.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .forEach(this::showLike);
    }

    private JsonNode of(String method, String path) {
        return examples.path(method.toUpperCase(Locale.ROOT) + " " + path);
    }

    private void show(Operation operation, JsonNode example) {
        if (operation.getRequestBody() != null && operation.getRequestBody().getContent() != null) {
            show(operation.getRequestBody().getContent(), example.path("request"));
        }
        operation.getResponses().getAPIResponses().forEach((status, response) -> {
            if (response.getContent() != null) {
                show(response.getContent(), example.path("answers").path(status));
            }
        });
    }

    private void show(Content content, JsonNode example) {
        if (example.isMissingNode()) {
            return;
        }
        Object value = JSON.convertValue(example, Object.class);
        content.getMediaTypes().forEach((type, media) -> {
            if (isJson(type)) {
                media.setExample(value);
                if (!reference(media).isEmpty()) {
                    bySchema.putIfAbsent(reference(media), value);
                }
            }
        });
    }

    private void showLike(Operation operation) {
        operation.getResponses().getAPIResponses().values().forEach(response -> {
            if (response.getContent() != null) {
                response.getContent().getMediaTypes().forEach((type, media) -> {
                    if (isJson(type) && media.getExample() == null && bySchema.containsKey(reference(media))) {
                        media.setExample(bySchema.get(reference(media)));
                    }
                });
            }
        });
    }

    /** The schema's name; of several that may come, the first one's. */
    private static String reference(MediaType media) {
        Schema schema = media.getSchema();
        if (schema == null) {
            return "";
        }
        if (schema.getRef() == null
                && schema.getOneOf() != null
                && !schema.getOneOf().isEmpty()) {
            return Objects.requireNonNullElse(schema.getOneOf().getFirst().getRef(), "");
        }
        return Objects.requireNonNullElse(schema.getRef(), "");
    }

    private static boolean isJson(String type) {
        return type.startsWith("application/json") || type.equals("application/cloudevents+json");
    }

    private static JsonNode read() {
        try (InputStream file = ApiExamples.class.getResourceAsStream(FILE)) {
            return JSON.readTree(Objects.requireNonNull(file, FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
