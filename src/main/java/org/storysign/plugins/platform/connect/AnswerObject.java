package org.storysign.plugins.platform.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.storysign.plugins.problem.JsonPointers;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;

/** A JSON object that a service answered. What is asked of it and is not as expected is a {@link ContractBreach}. */
final class AnswerObject {

    /** The largest integer that all languages know exactly. */
    static final long LARGEST_INTEGER = (1L << 53) - 1;

    private static final BigDecimal MOST = BigDecimal.valueOf(LARGEST_INTEGER);
    private static final int DEEPEST = 64;
    private static final StrictJson STRICT = new StrictJson(DEEPEST);
    private static final Pattern INSTANT =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");

    private final ObjectNode object;
    private final String pointer;

    private AnswerObject(JsonNode node, String pointer) {
        if (!(node instanceof ObjectNode found)) {
            throw new ContractBreach(pointer);
        }
        this.object = found;
        this.pointer = pointer;
    }

    static AnswerObject read(byte[] json) {
        Violations violations = new Violations();
        JsonNode node = STRICT.read(json, violations);
        if (!violations.isEmpty()) {
            throw new ContractBreach(violations.list().getFirst().pointer());
        }
        return new AnswerObject(node, "");
    }

    /** An integer from 1 to {@link #LARGEST_INTEGER}; {@code 7.0} is one, too. */
    long count(String name) {
        JsonNode node = member(name);
        require(node.isNumber(), name);
        BigDecimal number = node.decimalValue();
        require(number.compareTo(BigDecimal.ONE) >= 0 && number.compareTo(MOST) <= 0, name);
        require(number.stripTrailingZeros().scale() <= 0, name);
        return number.longValueExact();
    }

    String text(String name, Predicate<String> fits) {
        JsonNode node = member(name);
        require(node.isTextual() && fits.test(node.textValue()), name);
        return node.textValue();
    }

    Optional<String> optionalText(String name, Predicate<String> fits) {
        return object.has(name) ? Optional.of(text(name, fits)) : Optional.empty();
    }

    Instant instant(String name) {
        try {
            return Instant.parse(text(name, INSTANT.asMatchPredicate()));
        } catch (DateTimeParseException e) {
            throw new ContractBreach(at(name));
        }
    }

    /** An object of any members, as compact JSON of at most so many bytes of UTF-8. */
    String json(String name, int largest) {
        JsonNode node = member(name);
        require(node.isObject(), name);
        String json = node.toString();
        require(json.getBytes(StandardCharsets.UTF_8).length <= largest, name);
        return json;
    }

    /** An array of at most so many objects. */
    List<AnswerObject> objects(String name, int most) {
        JsonNode node = member(name);
        require(node instanceof ArrayNode && node.size() <= most, name);
        List<AnswerObject> objects = new ArrayList<>(node.size());
        for (int index = 0; index < node.size(); index++) {
            objects.add(new AnswerObject(node.get(index), at(name) + "/" + index));
        }
        return objects;
    }

    boolean isTrue(String name) {
        return member(name).isBoolean() && member(name).booleanValue();
    }

    /** What the contract says of a member beside its type. */
    void require(boolean kept, String name) {
        if (!kept) {
            throw new ContractBreach(at(name));
        }
    }

    private JsonNode member(String name) {
        JsonNode node = object.get(name);
        if (node == null) {
            throw new ContractBreach(at(name));
        }
        return node;
    }

    private String at(String name) {
        return JsonPointers.child(pointer, name);
    }
}
