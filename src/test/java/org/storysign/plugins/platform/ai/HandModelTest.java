package org.storysign.plugins.platform.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.platform.AiService.Alternative;
import org.storysign.plugins.platform.AiService.Gesture;
import org.storysign.plugins.platform.AiService.Hand;
import org.storysign.plugins.platform.AiService.Picture;
import org.storysign.plugins.platform.connect.Exchange;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

@Timeout(60)
class HandModelTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Hand HAND = new Hand("left", Collections.nCopies(Hand.POINTS, List.of(0.25, 0.5, -1.0)));
    private static final String POINTS = "[" + String.join(",", Collections.nCopies(21, "[0.25,0.5,-1.0]")) + "]";

    private final Exchange exchange = new Exchange();

    @AfterEach
    void close() {
        exchange.close();
    }

    @Test
    void a_hand_is_sent_and_its_sign_comes_back() throws IOException {
        try (ModelServer server = ModelServer.ok(
                "application/json",
                "{\"gesture\":\"A\",\"confidence\":1,\"alternatives\":[{\"gesture\":\"S\",\"confidence\":0.5}],\"model\":\"x\"}")) {
            Gesture gesture = new HandModel("gestures", server.endpoint(), exchange).analyze(HAND, LONG);

            assertThat(gesture).isEqualTo(new Gesture("A", 1, List.of(new Alternative("S", 0.5))));
            assertThat(server.requests().getFirst())
                    .startsWith("POST /v1/gestures HTTP/1.1\r\n")
                    .endsWith("{\"handedness\":\"left\",\"landmarks\":" + POINTS + "}");
        }
    }

    @Test
    void a_picture_is_sent_and_its_hands_come_back() throws IOException {
        try (ModelServer server = ModelServer.ok(
                "application/json", "{\"hands\":[{\"handedness\":\"left\",\"landmarks\":" + POINTS + "}]}")) {
            List<Hand> hands =
                    new HandModel("frames", server.endpoint(), exchange).find(new Picture("png", "aGk="), LONG);

            assertThat(hands).containsExactly(HAND);
            assertThat(server.requests().getFirst())
                    .startsWith("POST /v1/frames HTTP/1.1\r\n")
                    .endsWith("{\"format\":\"png\",\"image\":\"aGk=\"}");
        }
    }

    static Stream<String> noSigns() {
        return Stream.of(
                "",
                "hello",
                "[]",
                "{}",
                "{\"gesture\":\"A\"}",
                "{\"gesture\":1,\"confidence\":1}",
                "{\"gesture\":\"A\",\"confidence\":1.5}",
                "{\"gesture\":\"A\",\"confidence\":\"1\"}",
                "{\"gesture\":\"" + "A".repeat(201) + "\",\"confidence\":1}",
                "{\"gesture\":\"A\",\"confidence\":1,\"alternatives\":[1]}",
                "{\"gesture\":\"A\",\"confidence\":1,\"alternatives\":["
                        + String.join(",", Collections.nCopies(21, "{\"gesture\":\"B\",\"confidence\":0}")) + "]}");
    }

    @ParameterizedTest
    @MethodSource("noSigns")
    void what_is_no_sign_is_refused(String body) throws IOException {
        try (ModelServer server = ModelServer.ok("application/json", body)) {
            HandModel model = new HandModel("gestures", server.endpoint(), exchange);

            assertUnavailable(() -> model.analyze(HAND, LONG));
        }
    }

    static Stream<String> noHands() {
        String hand = "{\"landmarks\":" + POINTS + "}";
        return Stream.of(
                "{}",
                "{\"hands\":1}",
                "{\"hands\":[{}]}",
                "{\"hands\":[{\"landmarks\":[[1,2,3]]}]}",
                "{\"hands\":[{\"landmarks\":" + POINTS.replace("-1.0", "\"x\"") + "}]}",
                "{\"hands\":[{\"handedness\":\"both\",\"landmarks\":" + POINTS + "}]}",
                "{\"hands\":[" + String.join(",", Collections.nCopies(11, hand)) + "]}");
    }

    @ParameterizedTest
    @MethodSource("noHands")
    void what_are_no_hands_is_refused(String body) throws IOException {
        try (ModelServer server = ModelServer.ok("application/json", body)) {
            HandModel model = new HandModel("frames", server.endpoint(), exchange);

            assertUnavailable(() -> model.find(new Picture("png", "aGk="), LONG));
        }
    }

    @Test
    void a_service_that_fails_cuts_or_is_gone_is_unavailable_and_a_slow_one_is_late() throws IOException {
        for (ModelServer server : List.of(
                ModelServer.status(500),
                ModelServer.status(307),
                new ModelServer("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{", false))) {
            try (server) {
                HandModel model = new HandModel("gestures", server.endpoint(), exchange);
                assertUnavailable(() -> model.analyze(HAND, LONG));
            }
        }
        try (ModelServer slow = new ModelServer("HTTP/1.1 200 OK\r\n", true)) {
            HandModel model = new HandModel("gestures", slow.endpoint(), exchange);
            assertThatThrownBy(() -> model.analyze(HAND, Duration.ofMillis(200)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            late -> assertThat(late.code()).isEqualTo(ProblemCode.SERVICE_TIMEOUT));
        }
    }

    private static void assertUnavailable(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ProblemCode.AI_UNAVAILABLE));
    }
}
