package org.storysign.plugins.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;

/** A configuration out of {@code --config} arguments; later ones win. */
final class ConfigArguments {

    private static final StrictJson JSON = new StrictJson(20);

    private ConfigArguments() {}

    static ObjectNode read(List<String> arguments) {
        ObjectNode config = JsonNodeFactory.withExactBigDecimals(true).objectNode();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals > 0) {
                config.set(argument.substring(0, equals), value(argument.substring(equals + 1)));
            } else {
                config.setAll(file(Path.of(argument)));
            }
        }
        return config;
    }

    /** JSON when it is some, else the text itself: {@code words=["a"]}, {@code mask=#}. */
    private static JsonNode value(String text) {
        Violations violations = new Violations();
        JsonNode json = JSON.read(text, violations);
        return violations.isEmpty() ? json : JsonNodeFactory.instance.textNode(text);
    }

    private static ObjectNode file(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandMisused("--config " + file + " is neither KEY=VALUE nor a file that can be read.");
        }
        Violations violations = new Violations();
        JsonNode json = JSON.read(bytes, violations);
        if (!violations.isEmpty() || !(json instanceof ObjectNode object)) {
            throw new CommandMisused("--config " + file + " is not a JSON object in " + StandardCharsets.UTF_8 + ".");
        }
        return object;
    }
}
