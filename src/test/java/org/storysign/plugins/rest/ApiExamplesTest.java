package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.Golden;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.rest.walk.ApiTour;

/** The description's examples are true: what they show was sent and answered, and still is. */
@ServiceTest
class ApiExamplesTest {

    private static final Path EXAMPLES = Path.of("src", "main", "resources", "api-examples.json");
    private static final Path FOUND = Path.of("target", "golden", "api-examples.json");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final ObjectMapper json = new ObjectMapper();
    private final ObjectWriter pretty = json.writerWithDefaultPrettyPrinter();

    @Test
    void what_the_examples_show_is_what_a_walk_through_the_api_meets() throws IOException {
        JsonNode met = new ApiTour(new ApiTenant()).take();
        Files.createDirectories(FOUND.getParent());
        Files.writeString(FOUND, pretty.writeValueAsString(met) + "\n");

        List<String> differences = new ArrayList<>();
        compare("", json.readTree(Files.readString(EXAMPLES)), met, differences);

        assertThat(differences).as("what was met is in %s", FOUND).isEmpty();
    }

    @Test
    void every_body_that_is_json_has_an_example() throws IOException {
        List<String> without = new ArrayList<>();
        document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey())
                                && !path.getKey().contains("/endpoints/{path}"))
                        .forEach(method -> {
                            String name = method.getKey() + " " + path.getKey();
                            withoutExample(name + " request", method.getValue().path("requestBody"), without);
                            method.getValue().path("responses").properties().stream()
                                    .filter(response -> response.getKey().startsWith("2"))
                                    .forEach(response -> withoutExample(
                                            name + " " + response.getKey(), response.getValue(), without));
                        }));

        assertThat(without).isEmpty();
    }

    @Test
    void the_description_changes_only_where_a_commit_shows_it() throws IOException {
        Golden.assertUnchanged(
                "openapi.json", pretty.writeValueAsString(document()).lines().toList());
    }

    private JsonNode document() throws IOException {
        return json.readTree(ApiTenant.anonymous().get("/q/openapi?format=json").asString());
    }

    private static void withoutExample(String where, JsonNode body, List<String> without) {
        body.path("content").properties().forEach(media -> {
            if (media.getKey().startsWith("application/json")
                    && media.getValue().path("example").isMissingNode()) {
                without.add(where);
            }
        });
    }

    /** Members and their types; what is null or empty in one says nothing about the other. */
    private static void compare(String where, JsonNode shown, JsonNode met, List<String> differences) {
        if (shown.isNull() || met.isNull()) {
            return;
        }
        if (shown.getNodeType() != met.getNodeType()) {
            differences.add(where + " is shown as " + shown.getNodeType() + ", met was " + met.getNodeType());
        } else if (shown.isObject()) {
            Set<String> names = new TreeSet<>();
            shown.fieldNames().forEachRemaining(names::add);
            met.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> {
                if (!shown.has(name) || !met.has(name)) {
                    differences.add(where + "/" + name + " is " + (shown.has(name) ? "shown" : "met") + " only");
                } else {
                    compare(where + "/" + name, shown.get(name), met.get(name), differences);
                }
            });
        } else if (shown.isArray() && !shown.isEmpty() && !met.isEmpty()) {
            compare(where + "/0", shown.get(0), met.get(0), differences);
        }
    }
}
