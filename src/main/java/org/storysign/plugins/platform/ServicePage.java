package org.storysign.plugins.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.storysign.plugins.problem.JsonFields;

/**
 * Which part of a long list: {@code limit} items after where the page before ended.
 *
 * @param cursor what the page before said; empty for the first
 * @param limit 1 to {@link #LARGEST}
 */
public record ServicePage(Optional<Long> cursor, int limit) {

    public static final int LARGEST = 100;
    static final int USUAL = 20;

    public ServicePage {
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least one item");
        }
    }

    /** {@code "cursor"?} and {@code "limit"?} of a guest's input. */
    static ServicePage read(JsonFields input) {
        Optional<Long> cursor = input.parsed("cursor", ServicePage::position, "the cursor of the page before");
        return new ServicePage(
                cursor, input.integer("limit", 1, LARGEST).map(Long::intValue).orElse(USUAL));
    }

    /** {@code {<name>: […], "cursor"}}; the cursor is null at the end. */
    <T> ObjectNode answer(String name, List<T> found, Function<T, JsonNode> view, ToLongFunction<T> position) {
        ObjectNode answer = GuestJson.NODES.objectNode();
        ArrayNode items = answer.putArray(name);
        found.forEach(item -> items.add(view.apply(item)));
        return found.size() < limit
                ? answer.putNull("cursor")
                : answer.put("cursor", Long.toString(position.applyAsLong(found.getLast())));
    }

    private static Optional<Long> position(String text) {
        return text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
