package org.storysign.plugins.platform.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.platform.PlatformService;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** What can go wrong with a service of the product's, for every operation of every contract: each ends as its code, and all of it ends. */
@Timeout(60)
class ServiceFaultsTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int MANY = 30;
    private static final Duration SHORT = Duration.ofMillis(150);

    /** Those that are not repeated: it would not help, or the request arrived. */
    private static final Map<String, Fault> LASTING = new TreeMap<>(Map.ofEntries(
            Map.entry("500", Fault.status(500)),
            Map.entry("501", Fault.status(501)),
            Map.entry("505", Fault.status(505)),
            Map.entry("400", Fault.status(400)),
            Map.entry("401", Fault.status(401)),
            Map.entry("another 404", Fault.status(404)),
            Map.entry("another 409", Fault.status(409)),
            Map.entry("another 412", Fault.status(412)),
            Map.entry("another 413", Fault.status(413)),
            Map.entry("another success", Fault.status(204)),
            Map.entry("301", Fault.redirect(301)),
            Map.entry("302", Fault.redirect(302)),
            Map.entry("303", Fault.redirect(303)),
            Map.entry("307", Fault.redirect(307)),
            Map.entry("308", Fault.redirect(308)),
            Map.entry("cut in the middle", Fault.CUT),
            Map.entry("without an end", Fault.ENDLESS),
            Map.entry("HTML", Fault.says("text/html", "<p>Hello</p>")),
            Map.entry("the right answer under another name", Fault.named("text/html")),
            Map.entry("nothing", Fault.says("application/json", "")),
            Map.entry("no object", Fault.says("application/json", "[]")),
            Map.entry("no JSON", Fault.says("application/json", "hello")),
            Map.entry("two objects", Fault.says("application/json", "{}{}")),
            Map.entry("no member", Fault.says("application/json", "{}")),
            Map.entry("a member twice", Fault.says("application/json", "{\"a\":1,\"a\":1}")),
            Map.entry(
                    "deeper than deep",
                    Fault.says("application/json", "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}")),
            Map.entry("endless number", Fault.says("application/json", "{\"a\":" + "9".repeat(100_000) + "}")),
            Map.entry("half a character", Fault.says("application/json", "{\"a\":\"\\ud800\"}"))));

    /** Those after which the same is asked again. */
    private static final Map<String, Fault> PASSING = new TreeMap<>(Map.of(
            "502", Fault.status(502),
            "503", Fault.status(503),
            "504", Fault.status(504),
            "503 after doing it", Fault.doesAndAnswers(503),
            "hanging up", Fault.HANGS_UP,
            "hanging up after doing it", Fault.DOES_AND_HANGS_UP));

    private final Product product = Probe.product(Product.PATIENT);

    @AfterEach
    void close() {
        product.close();
        assertThat(product.breaches()).isEmpty();
    }

    static Stream<Arguments> lasting() {
        return each(LASTING);
    }

    static Stream<Arguments> passing() {
        return each(PASSING);
    }

    private static Stream<Arguments> each(Map<String, Fault> faults) {
        return Stream.of(Probe.values())
                .flatMap(probe ->
                        faults.entrySet().stream().map(fault -> Arguments.of(probe, fault.getKey(), fault.getValue())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("lasting")
    void what_is_no_answer_is_told_as_such_and_not_asked_again(Probe probe, String what, Fault fault) {
        probe.server(product).answer(fault);

        assertEnds(probe, LONG, ProblemCode.SERVICE_UNAVAILABLE);

        assertThat(probe.server(product).requests()).isEqualTo(1);
        assertNothingIsLeft(probe);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("passing")
    void what_passes_is_asked_again_and_never_done_twice(Probe probe, String what, Fault fault) {
        probe.server(product).answer(fault);

        assertThat(probe.call(product, LONG)).isEqualTo(rightAnswer(probe));

        assertThat(probe.server(product).requests()).isEqualTo(2);
        if (probe.contract().changes()) {
            assertThat(probe.server(product).served()).isEqualTo(1);
        }
        assertNothingIsLeft(probe);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("passing")
    void what_does_not_pass_is_asked_three_times_and_done_once(Probe probe, String what, Fault fault) {
        probe.server(product).answer(Collections.nCopies(MANY, fault).toArray(Fault[]::new));

        assertEnds(probe, LONG, ProblemCode.SERVICE_UNAVAILABLE);

        if (probe.contract().changes()) {
            assertThat(probe.server(product).requests()).isEqualTo(3);
            assertThat(probe.server(product).served()).isLessThanOrEqualTo(1);
        } else if (what.startsWith("hanging up")) {
            assertThat(probe.server(product).requests())
                    .as("the HTTP client repeats these on its own")
                    .isBetween(3, MANY);
        } else {
            assertThat(probe.server(product).requests()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_service_that_says_nothing_is_late(Probe probe) {
        probe.server(product).answer(Fault.SILENT);

        assertEnds(probe, SHORT, ProblemCode.SERVICE_TIMEOUT);

        assertThat(probe.server(product).requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void a_service_that_drips_is_late_and_hung_up_on(Probe probe) {
        probe.server(product).answer(Fault.DRIPS);

        assertEnds(probe, SHORT, ProblemCode.SERVICE_TIMEOUT);

        assertNothingIsLeft(probe);
    }

    @ParameterizedTest
    @EnumSource
    void without_time_left_nothing_is_asked_for_long(Probe probe) {
        probe.server(product).answer(Fault.SILENT);

        assertEnds(probe, Duration.ZERO, ProblemCode.SERVICE_TIMEOUT);
    }

    @ParameterizedTest
    @EnumSource
    void repetitions_take_no_more_time_than_there_is_for_all_together(Probe probe) {
        Fault slowly = (exchange, serve, over) -> {
            Pauses.millis(200);
            Fault.status(503).answer(exchange, serve, over);
        };
        Fault slowlyRight = (exchange, serve, over) -> {
            Pauses.millis(200);
            Fault.NONE.answer(exchange, serve, over);
        };
        probe.server(product).answer(slowly, slowlyRight);

        assertThatThrownBy(() -> probe.call(product, Duration.ofMillis(300))).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @EnumSource
    void without_time_for_a_pause_nothing_is_repeated(Probe probe) {
        try (Product slow = Probe.product(new CircuitTerms(100, 1, LONG, LONG))) {
            probe.server(slow).answer(Fault.status(503));

            assertThatThrownBy(() -> probe.call(slow, LONG)).isInstanceOf(ProblemException.class);

            assertThat(probe.server(slow).requests()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_service_that_is_not_there_cannot_be_reached(Probe probe) {
        probe.server(product).close();

        assertEnds(probe, LONG, ProblemCode.SERVICE_UNAVAILABLE);
    }

    @ParameterizedTest
    @EnumSource
    void a_service_that_takes_no_more_is_busy_and_one_that_does_not_take_this_says_so(Probe probe) {
        probe.server(product).answer(Fault.status(429), Fault.status(422));

        assertEnds(probe, LONG, ProblemCode.SERVICE_BUSY);
        assertEnds(probe, LONG, ProblemCode.DATA_INVALID);

        assertThat(probe.server(product).requests()).isEqualTo(2);
    }

    @Test
    void what_a_service_refuses_is_a_problem_document_of_its_own() {
        String code = "{\"code\":\"user-not-found\"}";
        product.server(PlatformService.USERS)
                .answer(
                        Fault.answers(new ServiceAnswer(404, "application/json", code)),
                        Fault.answers(new ServiceAnswer(404, "application/problem+json", "{\"code\":404}")),
                        Fault.answers(new ServiceAnswer(404, "application/problem+json", code)));

        assertEnds(Probe.FIND_USER, LONG, ProblemCode.SERVICE_UNAVAILABLE);
        assertEnds(Probe.FIND_USER, LONG, ProblemCode.SERVICE_UNAVAILABLE);
        assertThat(Probe.FIND_USER.call(product, LONG)).isEqualTo(Optional.empty());
    }

    @Test
    void results_are_no_more_than_were_asked_for() {
        String right = Wrongs.rightAnswer(Probe.SEARCH_ITEMS);
        String one = right.substring(right.indexOf('[') + 1, right.indexOf("},{") + 1);
        product.server(PlatformService.CONTENT)
                .answer(
                        Fault.says("application/json", list("items", Collections.nCopies(10, one))),
                        Fault.says("application/json", list("items", Collections.nCopies(11, one))));

        assertThat((List<?>) Probe.SEARCH_ITEMS.call(product, LONG)).hasSize(10);
        assertEnds(Probe.SEARCH_ITEMS, LONG, ProblemCode.SERVICE_UNAVAILABLE);
    }

    @ParameterizedTest
    @EnumSource(names = {"LIST_ITEMS", "LIST_EVENTS"})
    void a_list_is_in_its_order(Probe probe) {
        String right = Wrongs.rightAnswer(probe);
        String name = right.substring(2, right.indexOf('"', 2));
        String one = right.substring(right.indexOf('[') + 1, right.indexOf("},{") + 1);
        probe.server(product).answer(Fault.says("application/json", list(name, List.of(one, one))));

        assertEnds(probe, LONG, ProblemCode.SERVICE_UNAVAILABLE);
    }

    private static String list(String name, List<String> elements) {
        return "{\"" + name + "\":[" + String.join(",", elements) + "]}";
    }

    private void assertEnds(Probe probe, Duration timeout, ProblemCode code) {
        assertThatThrownBy(() -> probe.call(product, timeout))
                .isInstanceOfSatisfying(ProblemException.class, problem -> {
                    assertThat(problem.code()).isEqualTo(code);
                    assertThat(problem.detail())
                            .startsWith("the product's service for "
                                    + probe.service().publicName() + " ")
                            .doesNotContain(ContractServer.KEY);
                });
    }

    /** The service has no more connection of ours to write to or read from. */
    private void assertNothingIsLeft(Probe probe) {
        Pauses.await(
                "every request has ended", LONG, () -> probe.server(product).busy() == 0);
    }

    private static Object rightAnswer(Probe probe) {
        try (Product other = Probe.product(Product.PATIENT)) {
            return probe.call(other, LONG);
        }
    }
}
