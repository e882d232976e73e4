package org.storysign.plugins.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** One command of a {@link Script}, as wabt writes it. */
record Command(JsonNode json, Path folder) {

    /** A function to call or a global to read. */
    record Action(boolean isCall, Optional<String> module, String field, List<SpecValue> arguments) {}

    /** Such as {@code assert_return}. */
    String type() {
        return json.path("type").asText();
    }

    int line() {
        return json.path("line").asInt();
    }

    /** The module's name in the script, where it has one. */
    Optional<String> name() {
        return Optional.ofNullable(json.path("name").textValue());
    }

    /** The name under which {@code register} offers a module to later ones. */
    String as() {
        return json.path("as").asText();
    }

    /** What a trap or a refusal must say. */
    String text() {
        return json.path("text").asText();
    }

    /** Whether its module is source text, which nothing here reads. */
    boolean isText() {
        return json.path("module_type").asText().equals("text");
    }

    /** Whether it gives a module in the binary format that must be refused as malformed or invalid. */
    boolean isBrokenModule() {
        return !isText() && (type().equals("assert_invalid") || type().equals("assert_malformed"));
    }

    byte[] module() {
        try {
            return Files.readAllBytes(folder.resolve(json.path("filename").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Action action() {
        JsonNode action = json.path("action");
        return new Action(
                action.path("type").asText().equals("invoke"),
                Optional.ofNullable(action.path("module").textValue()),
                action.path("field").asText(),
                values(action.path("args")));
    }

    List<SpecValue> expected() {
        return values(json.path("expected"));
    }

    private static List<SpecValue> values(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(value -> new SpecValue(
                        value.path("type").asText(), value.path("value").asText("")))
                .toList();
    }
}
