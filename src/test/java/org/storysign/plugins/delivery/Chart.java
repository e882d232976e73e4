package org.storysign.plugins.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The chart as helm renders it with some values. */
final class Chart {

    static final Path DIRECTORY = Path.of("helm", "storysign-plugins");

    /** The values that have no sensible default. */
    static final Map<String, Object> NEEDED = Map.of(
            "database.url", "postgresql://db:5432/plugins",
            "database.existingSecret", "plugins-database",
            "adminKey.existingSecret", "plugins-admin");

    private static final YAMLMapper YAML = new YAMLMapper();

    private final List<JsonNode> objects;

    private Chart(List<JsonNode> objects) {
        this.objects = objects;
    }

    /** Rendered with the needed values and these; fails as helm does. */
    static Chart with(Map<String, ?> values) {
        TemplateCommand template = new Helm(DIRECTORY)
                .template()
                .withKubeVersion("1.27.0")
                .withName("demo")
                .withNamespace("stories");
        NEEDED.forEach(template::set);
        values.forEach(template::set);
        try {
            return new Chart(YAML.readerFor(JsonNode.class)
                    .<JsonNode>readValues(template.call())
                    .readAll());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LintResult lint() {
        return new Helm(DIRECTORY).lint().strict().call();
    }

    List<String> kinds() {
        return objects.stream().map(object -> object.path("kind").asText()).toList();
    }

    JsonNode only(String kind) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " in " + kinds()));
    }

    JsonNode pod() {
        return only("Deployment").at("/spec/template/spec");
    }

    JsonNode container() {
        return pod().at("/containers/0");
    }

    JsonNode environment(String name) {
        for (JsonNode variable : container().path("env")) {
            if (variable.path("name").asText().equals(name)) {
                return variable;
            }
        }
        throw new AssertionError("there is no variable " + name);
    }
}
