package org.storysign.plugins.problem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads the members of one JSON object and reports what does not fit. Every member is asked for by name; those that were not are
 * unknown. A member that is there but wrong is reported and then read as if it were absent.
 */
public final class JsonFields {

    private final ObjectNode object;
    private final String pointer;
    private final Violations violations;

    /** Reads an object that may have these members and no others. */
    public JsonFields(ObjectNode object, String pointer, Violations violations, Set<String> known) {
        this.object = object;
        this.pointer = pointer;
        this.violations = violations;
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                violations.add(
                        pointerTo(name),
                        "the field " + GuestText.quote(name) + " is unknown"
                                + DidYouMean.hint(name, new TreeSet<>(known)));
            }
        });
    }

    /** The fields of a node that should be an object; empty, and reported, when it is none. */
    public static Optional<JsonFields> of(JsonNode node, String pointer, Violations violations, Set<String> known) {
        if (node instanceof ObjectNode object) {
            return Optional.of(new JsonFields(object, pointer, violations, known));
        }
        violations.add(pointer, "is " + kind(node) + ", expected an object");
        return Optional.empty();
    }

    public String pointerTo(String name) {
        return JsonPointers.child(pointer, name);
    }

    public boolean has(String name) {
        return object.has(name);
    }

    /** Whether the member is there and JSON null. */
    public boolean isNull(String name) {
        JsonNode node = object.get(name);
        return node != null && node.isNull();
    }

    public void report(String name, String detail) {
        violations.add(pointerTo(name), detail);
    }

    /** Reports the member when it is absent. */
    public JsonFields require(String... names) {
        for (String name : names) {
            if (!object.has(name)) {
                violations.add(pointerTo(name), "is missing");
            }
        }
        return this;
    }

    /** The member, whatever it is. */
    public Optional<JsonNode> any(String name) {
        return Optional.ofNullable(object.get(name));
    }

    /** Refuses the document if anything was reported so far. */
    public void refuse(ProblemCode code, String what) {
        violations.refuse(code, what);
    }

    public Optional<String> text(String name) {
        return typed(name, JsonNode::isTextual, "a string").map(JsonNode::textValue);
    }

    /** What a string in base64 stands for, when the object was read so ({@link StrictJson#read(byte[], Set, Violations)}). */
    public Optional<byte[]> binary(String name) {
        return typed(name, JsonNode::isBinary, "a string in base64").map(node -> ((BinaryNode) node).binaryValue());
    }

    /** A string that {@code parse} understands; {@code expected} says what that would be. */
    public <T> Optional<T> parsed(String name, Function<String, Optional<T>> parse, String expected) {
        Optional<String> text = text(name);
        Optional<T> value = text.flatMap(parse);
        if (text.isPresent() && value.isEmpty()) {
            report(name, "is " + GuestText.quote(text.get()) + ", expected " + expected);
        }
        return value;
    }

    /** A string that is one of a few. */
    public <T> Optional<T> oneOf(String name, Function<String, Optional<T>> parse, Collection<String> values) {
        return parsed(
                name,
                parse,
                values.stream().map(value -> "`" + value + "`").collect(Collectors.joining(", ", "one of ", "")));
    }

    /** An integer within bounds. */
    public Optional<Long> integer(String name, long least, long most) {
        Optional<JsonNode> node = typed(name, JsonNode::isIntegralNumber, "an integer");
        Optional<Long> value = node.filter(JsonNode::canConvertToLong).map(JsonNode::longValue);
        if (node.isPresent()
                && value.filter(found -> found >= least && found <= most).isEmpty()) {
            report(
                    name,
                    "is " + GuestText.quote(node.get().asText()) + ", expected an integer from " + least + " to "
                            + most);
            return Optional.empty();
        }
        return value;
    }

    public Optional<Boolean> bool(String name) {
        return typed(name, JsonNode::isBoolean, "true or false").map(JsonNode::booleanValue);
    }

    public Optional<ObjectNode> object(String name) {
        return typed(name, JsonNode::isObject, "an object").map(ObjectNode.class::cast);
    }

    /** The members of an object within, which may have these and no others. */
    public Optional<JsonFields> within(String name, Set<String> known) {
        return object(name).map(inner -> new JsonFields(inner, pointerTo(name), violations, known));
    }

    /** An array with at most {@code most} elements. */
    public Optional<ArrayNode> array(String name, int most) {
        Optional<ArrayNode> array = typed(name, JsonNode::isArray, "an array").map(ArrayNode.class::cast);
        if (array.isPresent() && array.get().size() > most) {
            report(name, "has " + array.get().size() + " elements, expected at most " + most);
            return Optional.empty();
        }
        return array;
    }

    /** An array of at most {@code most} objects with these members and no others; those that {@code read} understands. */
    public <T> List<T> objects(String name, int most, Set<String> members, Function<JsonFields, Optional<T>> read) {
        List<T> found = new ArrayList<>();
        array(name, most).ifPresent(array -> {
            for (int index = 0; index < array.size(); index++) {
                of(array.get(index), JsonPointers.child(pointerTo(name), index), violations, members)
                        .flatMap(read)
                        .ifPresent(found::add);
            }
        });
        return found;
    }

    private Optional<JsonNode> typed(String name, Predicate<JsonNode> fits, String expected) {
        JsonNode node = object.get(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!fits.test(node)) {
            report(name, "is " + kind(node) + ", expected " + expected);
            return Optional.empty();
        }
        return Optional.of(node);
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> "a string";
            case NUMBER -> node.isIntegralNumber() ? "an integer" : "a number";
            case BOOLEAN -> node.booleanValue() ? "true" : "false";
            case NULL, MISSING -> "null";
            case BINARY -> "a string in base64";
            case POJO -> throw new IllegalStateException("not a node of parsed JSON");
        };
    }
}
