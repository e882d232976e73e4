package org.storysign.plugins.platform.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.storysign.plugins.platform.AiService.Gesture;
import org.storysign.plugins.platform.AiService.Hand;
import org.storysign.plugins.platform.AiService.Picture;
import org.storysign.plugins.platform.connect.Endpoint;
import org.storysign.plugins.platform.connect.Exchange;
import org.storysign.plugins.problem.ProblemException;

/** The reference service in {@code deploy/hands}, asked as plugins ask it. Needs Python; {@code .ci/run} says that it must be there. */
@Timeout(120)
class ReferenceHandsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final double[] FIST = {0.2, 1, 1, 1, 1};

    /** How far each finger is bent, thumb first: 0 straight, 1 at the palm. */
    private static final Map<String, double[]> SIGNS = Map.of(
            "A", FIST,
            "B", new double[] {0.9, 0, 0, 0, 0},
            "L", new double[] {0, 0, 1, 1, 1},
            "Y", new double[] {0, 1, 1, 1, 0});

    private final Exchange exchange = new Exchange();
    private final Random random = new Random(7);
    private Optional<Process> service = Optional.empty();
    private Endpoint endpoint = new Endpoint(URI.create("http://127.0.0.1:1"), Optional.empty());

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void start() throws IOException {
        service = started();
        Assumptions.assumeTrue(service.isPresent(), "python3 is not there: the reference service is not tried");
    }

    private Optional<Process> started() throws IOException {
        try {
            Process process = new ProcessBuilder(
                            "python3",
                            "deploy/hands/hands.py",
                            "--port",
                            "0",
                            "--signs",
                            folder.resolve("signs.json").toString())
                    .redirectErrorStream(true)
                    .start();
            BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
            String address = String.valueOf(said.readLine()).replace("listening on ", "");
            endpoint = new Endpoint(URI.create(address), Optional.empty());
            return Optional.of(process);
        } catch (IOException missing) {
            if ("1".equals(System.getenv("REQUIRE_PLUGIN_TOOLCHAINS"))) {
                throw missing;
            }
            return Optional.empty();
        }
    }

    @AfterEach
    void stop() {
        service.ifPresent(Process::destroyForcibly);
        exchange.close();
    }

    @Test
    void a_taught_sign_is_known_again_wherever_the_hand_is_however_large_turned_or_left() throws Exception {
        teachAll(3);

        for (Map.Entry<String, double[]> sign : SIGNS.entrySet()) {
            for (int hand = 0; hand < 10; hand++) {
                Gesture found = analyze(hand(sign.getValue(), hand % 2 == 0 ? "right" : "left"));

                assertThat(found.name()).isEqualTo(sign.getKey());
                assertThat(found.confidence()).isBetween(0.3, 1.0);
                assertThat(found.alternatives()).hasSize(3);
            }
        }
    }

    @Test
    void it_says_how_good_it_is_and_nothing_where_it_cannot_know() throws Exception {
        teachAll(1);
        assertThat(get("/accuracy").get("accuracy").isNull()).isTrue();

        teachAll(2);
        JsonNode accuracy = get("/accuracy");

        assertThat(accuracy.get("judged").intValue()).isEqualTo(12);
        assertThat(accuracy.get("accuracy").doubleValue()).isEqualTo(1.0);
    }

    @Test
    void a_sign_taught_with_hands_of_others_makes_it_admit_that_it_is_worse() throws Exception {
        teachAll(3);
        for (double[] other : SIGNS.values()) {
            teach("muddle", hand(other, "right"));
        }

        assertThat(get("/accuracy").get("accuracy").doubleValue()).isLessThan(0.9);
    }

    @Test
    void what_was_taught_outlives_the_process_and_can_be_forgotten() throws Exception {
        teachAll(1);
        service.orElseThrow().destroyForcibly().waitFor();
        service = started();
        assertThat(get("/signs")).hasSize(4);

        send(HttpRequest.newBuilder(endpoint.at("/signs/A")).DELETE().build(), 200);

        assertThat(get("/signs")).hasSize(3);
        assertThat(analyze(hand(FIST, "right")).name()).isNotEqualTo("A");
    }

    @Test
    void what_it_does_not_know_or_do_is_unavailable_to_plugins() {
        assertThatThrownBy(() -> analyze(hand(new double[] {0, 0, 0, 0, 0}, "right")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("409");
        assertThatThrownBy(() -> new HandModel("frames", endpoint, exchange).find(new Picture("png", "aGk="), LONG))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("501");
    }

    @Test
    void what_is_no_hand_is_refused_and_the_service_goes_on() throws Exception {
        for (String wrong : List.of(
                "",
                "[]",
                "{",
                "{\"landmarks\": [[1, 2, 3]]}",
                "{\"landmarks\": " + "[".repeat(5_000) + "}",
                "{\"gesture\": \"A\", \"landmarks\": " + zeros() + "}")) {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(endpoint.at("/signs"))
                            .POST(HttpRequest.BodyPublishers.ofString(wrong))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(wrong).isBetween(400, 499);
        }
        assertThat(get("/signs")).isEmpty();
    }

    private static String zeros() {
        return "[" + String.join(",", Collections.nCopies(21, "[0,0,0]")) + "]";
    }

    private void teachAll(int times) throws Exception {
        for (Map.Entry<String, double[]> sign : SIGNS.entrySet()) {
            for (int hand = 0; hand < times; hand++) {
                teach(sign.getKey(), hand(sign.getValue(), "right"));
            }
        }
    }

    private void teach(String sign, Hand hand) throws Exception {
        String body = JSON.writeValueAsString(
                Map.of("gesture", sign, "handedness", hand.handedness(), "landmarks", hand.landmarks()));
        send(
                HttpRequest.newBuilder(endpoint.at("/signs"))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                200);
    }

    private Gesture analyze(Hand hand) {
        return new HandModel("gestures", endpoint, exchange).analyze(hand, LONG);
    }

    private JsonNode get(String path) throws Exception {
        return send(HttpRequest.newBuilder(endpoint.at(path)).build(), 200);
    }

    private static JsonNode send(HttpRequest request, int status) throws Exception {
        HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    /** A hand with fingers so bent, somewhere, of some size, turned a little, and not quite steady. */
    private Hand hand(double[] bent, String handedness) {
        double size = 0.1 + random.nextDouble() * 0.2;
        double turn = random.nextDouble() - 0.5;
        List<List<Double>> points = new ArrayList<>();
        points.add(placed(0, 0, 0, size, turn, handedness));
        for (int finger = 0; finger < 5; finger++) {
            double across = (finger - 2) * 0.25;
            for (int joint = 1; joint <= 4; joint++) {
                double reach = joint == 1 ? 1 : 1 + (joint - 1) * 0.3 * (1 - 1.6 * bent[finger]);
                double depth = joint == 1 ? 0 : -(joint - 1) * 0.15 * bent[finger];
                points.add(placed(across * (1 + 0.1 * joint), -reach, depth, size, turn, handedness));
            }
        }
        return new Hand(handedness, points);
    }

    private List<Double> placed(double x, double y, double z, double size, double turn, String handedness) {
        double steadyX = x + random.nextGaussian() * 0.02;
        double steadyY = y + random.nextGaussian() * 0.02;
        double turnedX = steadyX * Math.cos(turn) - steadyY * Math.sin(turn);
        double turnedY = steadyX * Math.sin(turn) + steadyY * Math.cos(turn);
        return List.of(0.5 + size * (handedness.equals("left") ? -turnedX : turnedX), 0.8 + size * turnedY, size * z);
    }
}
