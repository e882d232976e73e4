package org.storysign.plugins.platform.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.platform.AiService.Alternative;
import org.storysign.plugins.platform.AiService.Gesture;
import org.storysign.plugins.platform.AiService.Hand;
import org.storysign.plugins.platform.AiService.Picture;
import org.storysign.plugins.platform.connect.Endpoint;
import org.storysign.plugins.platform.connect.Exchange;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** A service that knows hands, by the contract in {@code deploy/connectors/hands.yaml}. Safe for concurrent use. */
final class HandModel {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> HANDS = Set.of("left", "right", "unknown");
    private static final int LONGEST_NAME = 200;
    private static final int MOST_ALTERNATIVES = 20;
    private static final int MOST_HANDS = 10;
    private static final int DIMENSIONS = 3;
    private static final int SUCCESS = 200;

    private final String what;
    private final Endpoint endpoint;
    private final Exchange exchange;

    /** {@code what} is how messages name it. */
    HandModel(String what, Endpoint endpoint, Exchange exchange) {
        this.what = what;
        this.endpoint = endpoint;
        this.exchange = exchange;
    }

    /** {@code POST /gestures}. */
    Gesture analyze(Hand hand, Duration timeout) {
        ObjectNode request = JSON.objectNode().put("handedness", hand.handedness());
        ArrayNode points = request.putArray("landmarks");
        hand.landmarks().forEach(point -> point.forEach(points.addArray()::add));
        return gesture(ask("/gestures", request, timeout)).orElseThrow(this::somethingElse);
    }

    /** {@code POST /frames}. */
    List<Hand> find(Picture picture, Duration timeout) {
        ObjectNode request = JSON.objectNode().put("format", picture.format()).put("image", picture.base64());
        JsonNode found = ask("/frames", request, timeout).path("hands");
        if (!found.isArray() || found.size() > MOST_HANDS) {
            throw somethingElse();
        }
        List<Hand> hands = new ArrayList<>();
        found.forEach(each -> hands.add(hand(each).orElseThrow(this::somethingElse)));
        return List.copyOf(hands);
    }

    private JsonNode ask(String path, ObjectNode request, Duration timeout) {
        Exchange.Answer answer;
        try {
            answer = exchange.send(endpoint, TextModel.posting(path, request), timeout);
        } catch (Exchange.Failed failed) {
            throw failed.late()
                    ? new ProblemException(
                            ProblemCode.SERVICE_TIMEOUT,
                            "the service for " + what + " did not answer within " + timeout.toMillis() + " ms")
                    : unavailable("could not be reached");
        }
        if (answer.status() != SUCCESS) {
            throw unavailable("answered with status " + answer.status());
        }
        return TextModel.json(answer.body()).orElseThrow(this::somethingElse);
    }

    private static Optional<Gesture> gesture(JsonNode json) {
        List<Alternative> others = new ArrayList<>();
        for (JsonNode each : json.path("alternatives")) {
            if (!isNamed(each) || others.size() == MOST_ALTERNATIVES) {
                return Optional.empty();
            }
            others.add(new Alternative(
                    each.get("gesture").textValue(), each.get("confidence").doubleValue()));
        }
        return isNamed(json)
                ? Optional.of(new Gesture(
                        json.get("gesture").textValue(), json.get("confidence").doubleValue(), others))
                : Optional.empty();
    }

    private static boolean isNamed(JsonNode json) {
        double confidence = json.path("confidence").asDouble(-1);
        return json.path("gesture").isTextual()
                && json.path("gesture").textValue().length() <= LONGEST_NAME
                && json.path("confidence").isNumber()
                && confidence >= 0
                && confidence <= 1;
    }

    private static Optional<Hand> hand(JsonNode json) {
        List<List<Double>> points = new ArrayList<>();
        for (JsonNode point : json.path("landmarks")) {
            List<Double> coordinates = new ArrayList<>();
            point.forEach(number -> coordinates.add(number.asDouble(Double.NaN)));
            if (coordinates.size() != DIMENSIONS || !coordinates.stream().allMatch(Double::isFinite)) {
                return Optional.empty();
            }
            points.add(List.copyOf(coordinates));
        }
        String handedness = json.path("handedness").asText("unknown");
        return points.size() == Hand.POINTS && HANDS.contains(handedness)
                ? Optional.of(new Hand(handedness, points))
                : Optional.empty();
    }

    private ProblemException somethingElse() {
        return unavailable("answered something else than its contract says");
    }

    private ProblemException unavailable(String how) {
        return new ProblemException(ProblemCode.AI_UNAVAILABLE, "the service for " + what + " " + how);
    }
}
