package org.storysign.plugins.platform.connect;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The right answer of an operation with one value of it taken away or in the place of which stands another. */
record Wrongs(String pointer, String json) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> OTHERS = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "7",
            "7.0",
            "1.5",
            "1e18",
            "9007199254740991",
            "9007199254740992",
            "9223372036854775808",
            "\"\"",
            "\"7\"",
            "\"a\\nb\"",
            "\"Not A Name\"",
            "\"2026-11-22T12:00:00+01:00\"",
            "\"" + "x".repeat(201) + "\"",
            "\"" + "x".repeat(65_537) + "\"",
            "[]",
            "[[]]",
            "{}",
            "{\"a\":{\"b\":[1,2]}}",
            "{\"a\":\"" + "x".repeat(65_536) + "\"}");

    /** What the product answers to the probe. */
    static String rightAnswer(Probe probe) {
        AtomicReference<String> body = new AtomicReference<>("");
        try (Product product = Probe.product(Product.PATIENT)) {
            probe.server(product).answer((exchange, serve, over) -> {
                body.set(serve.answer().body());
                Fault.NONE.answer(exchange, serve, over);
            });
            probe.call(product, ServiceCall.SOON);
        }
        return body.get();
    }

    static List<Wrongs> of(Probe probe) {
        List<Wrongs> wrongs = new ArrayList<>();
        JsonNode right = read(rightAnswer(probe));
        for (String pointer : pointers(right, "")) {
            JsonNode without = right.deepCopy();
            ((ObjectNode) without.at(JsonPointer.compile(pointer).head())).remove(last(pointer));
            wrongs.add(new Wrongs(pointer + " is missing", without.toString()));
            for (String other : OTHERS) {
                JsonNode changed = right.deepCopy();
                ((ObjectNode) changed.at(JsonPointer.compile(pointer).head())).set(last(pointer), read(other));
                wrongs.add(new Wrongs(
                        pointer + " is " + other.substring(0, Math.min(30, other.length())), changed.toString()));
            }
        }
        return wrongs;
    }

    private static String last(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    /** Of all members of objects, but not of those that may hold anything. */
    private static List<String> pointers(JsonNode node, String at) {
        List<String> pointers = new ArrayList<>();
        if (node instanceof ObjectNode && !at.matches(".*(profile|progress|preferences|properties)")) {
            node.properties().forEach(member -> {
                pointers.add(at + "/" + member.getKey());
                pointers.addAll(pointers(member.getValue(), at + "/" + member.getKey()));
            });
        }
        if (node instanceof ArrayNode && !node.isEmpty()) {
            pointers.addAll(pointers(node.get(0), at + "/0"));
        }
        return pointers;
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
