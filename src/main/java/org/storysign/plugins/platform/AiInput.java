package org.storysign.plugins.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.storysign.plugins.problem.JsonFields;

/** Reads what guests hand to the functions of AI. What does not fit is reported to the fields' violations. */
final class AiInput {

    private static final Set<String> ROLES = Set.of("system", "user", "assistant");
    private static final List<String> HANDS = List.of("left", "right", "unknown");
    private static final List<String> FORMATS = List.of("jpeg", "png", "webp");
    private static final int DIMENSIONS = 3;
    private static final int USUAL_ANSWER = 512;
    private static final double HOTTEST = 2;

    private AiInput() {}

    static AiService.Prompt prompt(JsonFields input, int largestAnswer) {
        input.require("messages");
        List<AiService.Message> messages = new ArrayList<>();
        input.array("messages", AiFunctions.MOST_MESSAGES)
                .ifPresent(
                        array -> array.forEach(
                                each -> message(each)
                                        .ifPresentOrElse(
                                                messages::add,
                                                () -> input.report(
                                                        "messages",
                                                        "holds " + each.getNodeType()
                                                                + ", expected objects with `role` (system, user or assistant) and `content`"))));
        if (messages.isEmpty() && input.has("messages")) {
            input.report("messages", "is empty, expected at least one message");
        }
        int most = input.integer("max_tokens", 1, largestAnswer)
                .map(Long::intValue)
                .orElse(Math.min(USUAL_ANSWER, largestAnswer));
        return new AiService.Prompt(messages, most, temperature(input));
    }

    private static Optional<AiService.Message> message(JsonNode node) {
        boolean fits = node.isObject()
                && node.size() == 2
                && ROLES.contains(node.path("role").asText())
                && node.path("content").isTextual();
        return fits
                ? Optional.of(new AiService.Message(
                        node.get("role").textValue(), node.get("content").textValue()))
                : Optional.empty();
    }

    private static Optional<Double> temperature(JsonFields input) {
        Optional<JsonNode> given = input.any("temperature");
        Optional<Double> value = given.filter(JsonNode::isNumber)
                .map(JsonNode::doubleValue)
                .filter(number -> number >= 0 && number <= HOTTEST);
        if (given.isPresent() && value.isEmpty()) {
            input.report("temperature", "is " + given.get() + ", expected a number from 0 to 2");
        }
        return value;
    }

    static AiService.Hand hand(JsonFields input) {
        input.require("landmarks");
        List<List<Double>> points = input.array("landmarks", AiService.Hand.POINTS)
                .flatMap(AiInput::points)
                .orElseGet(List::of);
        if (points.isEmpty() && input.has("landmarks")) {
            input.report("landmarks", "is no hand, expected 21 points of three numbers each");
        }
        String handedness = input.oneOf("handedness", among(HANDS), HANDS).orElse("unknown");
        return new AiService.Hand(handedness, points);
    }

    /** The 21 points; empty when it is something else. */
    static Optional<List<List<Double>>> points(ArrayNode array) {
        List<List<Double>> points = new ArrayList<>();
        for (JsonNode point : array) {
            List<Double> coordinates = new ArrayList<>();
            point.forEach(number -> {
                if (number.isNumber() && Double.isFinite(number.doubleValue())) {
                    coordinates.add(number.doubleValue());
                }
            });
            if (!point.isArray() || point.size() != DIMENSIONS || coordinates.size() != DIMENSIONS) {
                return Optional.empty();
            }
            points.add(List.copyOf(coordinates));
        }
        return points.size() == AiService.Hand.POINTS ? Optional.of(points) : Optional.empty();
    }

    static AiService.Picture picture(JsonFields input) {
        input.require("image", "format");
        String format = input.oneOf("format", among(FORMATS), FORMATS).orElse("");
        String image =
                input.parsed("image", AiInput::base64, "base64 of a picture").orElse("");
        return new AiService.Picture(format, image);
    }

    private static Optional<String> base64(String text) {
        try {
            return Base64.getDecoder().decode(text).length == 0 ? Optional.empty() : Optional.of(text);
        } catch (IllegalArgumentException other) {
            return Optional.empty();
        }
    }

    private static Function<String, Optional<String>> among(List<String> words) {
        return word -> words.contains(word) ? Optional.of(word) : Optional.empty();
    }
}
