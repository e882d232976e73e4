package org.storysign.plugins.security.oidc;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where in a token's claims something stands. Names of claims may hold dots and slashes, so a path is a JSON Pointer (RFC 6901). */
record ClaimPath(JsonPointer pointer) {

    /** A pointer when it begins with a slash, else the name of a claim at the top. */
    static ClaimPath of(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a claim's name is empty");
        }
        return new ClaimPath(
                text.startsWith("/")
                        ? JsonPointer.compile(text)
                        : JsonPointer.empty().appendProperty(text));
    }

    /** The text there; empty when there is none. */
    Optional<String> text(JsonNode claims) {
        return Optional.of(claims.at(pointer)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    /** The words there, of an array of texts or of one text with spaces between them; empty when it is neither. */
    Optional<List<String>> words(JsonNode claims) {
        JsonNode found = claims.at(pointer);
        if (found.isTextual()) {
            return Optional.of(List.of(found.asText().strip().split("\\s+")));
        }
        if (!found.isArray()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        for (JsonNode each : found) {
            if (!each.isTextual()) {
                return Optional.empty();
            }
            words.add(each.asText());
        }
        return Optional.of(words);
    }

    @Override
    public String toString() {
        return pointer.toString();
    }
}
