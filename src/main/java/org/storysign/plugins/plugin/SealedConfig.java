package org.storysign.plugins.plugin;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.problem.JsonPointers;
import org.storysign.plugins.secret.SealedSecret;

/**
 * Configurations some of whose values are sealed. A sealed value is a node of a kind that no JSON text can give, so nobody can pass
 * something off as one.
 */
public final class SealedConfig {

    private SealedConfig() {}

    static JsonNode node(SealedSecret secret) {
        return new POJONode(secret);
    }

    /** The sealed secret that a node is. */
    static Optional<SealedSecret> sealed(JsonNode node) {
        return node instanceof POJONode pojo && pojo.getPojo() instanceof SealedSecret secret
                ? Optional.of(secret)
                : Optional.empty();
    }

    /** What is not sealed: of objects the other members, in arrays {@code null} in a sealed element's place. */
    public static ObjectNode clear(ObjectNode config) {
        ObjectNode clear = config.objectNode();
        config.properties().forEach(member -> {
            if (sealed(member.getValue()).isEmpty()) {
                clear.set(member.getKey(), clear(member.getValue()));
            }
        });
        return clear;
    }

    private static JsonNode clear(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return clear(object);
        }
        if (value instanceof ArrayNode array) {
            ArrayNode clear = array.arrayNode(array.size());
            array.forEach(element -> clear.add(sealed(element).isEmpty() ? clear(element) : clear.nullNode()));
            return clear;
        }
        return value;
    }

    /** What is sealed, by its pointer. */
    public static Map<String, SealedSecret> secrets(ObjectNode config) {
        Map<String, SealedSecret> found = new LinkedHashMap<>();
        collect(config, "", found);
        return found;
    }

    private static void collect(JsonNode value, String pointer, Map<String, SealedSecret> found) {
        sealed(value).ifPresent(secret -> found.put(pointer, secret));
        value.properties()
                .forEach(member -> collect(member.getValue(), JsonPointers.child(pointer, member.getKey()), found));
        if (value instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                collect(array.get(index), JsonPointers.child(pointer, index), found);
            }
        }
    }

    /** {@link #clear} and {@link #secrets} put together again. A secret whose place is gone is left out. */
    public static ObjectNode joined(ObjectNode clear, Map<String, SealedSecret> secrets) {
        ObjectNode joined = clear.deepCopy();
        secrets.forEach((pointer, secret) -> replace(joined, pointer, node(secret)));
        return joined;
    }

    static void replace(ObjectNode config, String pointer, JsonNode value) {
        JsonPointer place = JsonPointer.compile(pointer);
        JsonNode parent = config.at(place.head());
        if (parent instanceof ObjectNode object) {
            object.set(place.last().getMatchingProperty(), value);
        } else if (parent instanceof ArrayNode array && array.has(place.last().getMatchingIndex())) {
            array.set(place.last().getMatchingIndex(), value);
        }
    }

    /**
     * A configuration as it was sent, with the secrets that were not: nobody can read them to send them again. {@code null} in a secret's
     * place takes it away. What lies in arrays is always sent.
     */
    static ObjectNode keeping(ObjectNode sent, ObjectNode present) {
        ObjectNode kept = sent.deepCopy();
        present.properties().forEach(member -> {
            JsonNode given = kept.get(member.getKey());
            if (sealed(member.getValue()).isPresent()) {
                if (given == null) {
                    kept.set(member.getKey(), member.getValue());
                } else if (given.isNull()) {
                    kept.remove(member.getKey());
                }
            } else if (member.getValue() instanceof ObjectNode before && given instanceof ObjectNode now) {
                kept.set(member.getKey(), keeping(now, before));
            }
        });
        return kept;
    }
}
