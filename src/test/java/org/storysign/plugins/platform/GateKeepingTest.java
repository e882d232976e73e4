package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.Permission;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** What the gate asks besides permission: how often, how many at once, how long; and whom it tells. */
class GateKeepingTest {

    private static final DataLimits NOTHING = new DataLimits(MemorySize.ZERO, 0);

    private final TestClock clock = new TestClock();
    private final Denials denials = new Denials(clock);
    private final List<GateAnswer> answers = Collections.synchronizedList(new ArrayList<>());
    private final QuotaLedger ledger = new InMemoryQuotaLedger();

    @Test
    void a_call_of_a_guest_calls_a_service_as_often_as_the_terms_say() {
        PlatformGuest guest = guest(terms().withCallsACall(3), answering());

        assertThat(guest.calls("ai_ask", 3)).isEqualTo("{\"ok\":true}");
        assertThat(guest.calls("ai_ask", 4))
                .startsWith("{\"error\":{\"code\":\"quota-exceeded\",\"message\":\"one call may");
        assertThat(guest.calls("ai_ask", 3)).as("another call").isEqualTo("{\"ok\":true}");
    }

    @Test
    void a_plugin_calls_a_service_as_often_a_day_as_the_terms_say() {
        PlatformGuest guest = guest(terms().withCallsADay(5), answering());
        guest.calls("ai_ask", 4);

        assertThat(guest.calls("ai_ask", 1)).isEqualTo("{\"ok\":true}");
        assertThat(guest.calls("ai_ask", 1))
                .isEqualTo("{\"error\":{\"code\":\"quota-exceeded\","
                        + "\"message\":\"the plugin may call service `ai` 5 times a day\"}}");

        clock.advance(Duration.ofDays(1));
        assertThat(guest.calls("ai_ask", 1)).isEqualTo("{\"ok\":true}");
    }

    @Test
    void another_process_with_the_same_ledger_goes_on_counting() {
        guest(terms().withCallsADay(5), answering()).calls("ai_ask", 5);

        assertThat(guest(terms().withCallsADay(5), answering()).calls("ai_ask", 1))
                .contains("quota-exceeded");
    }

    @Test
    void what_was_refused_for_want_of_a_permission_costs_nothing_of_the_quota() {
        PlatformGate gate = gate(terms().withCallsADay(1), answering());
        Permission optional = new Permission.Plain(PermissionName.ACCESS_AI_SERVICES, Optional.empty(), true);
        new PlatformGuest(gate, Grants.NONE, NOTHING, Optional.empty())
                .result("ai_ask", "{}".getBytes(StandardCharsets.UTF_8), List.of(optional));

        assertThat(new PlatformGuest(gate, Grants.of(PermissionName.ACCESS_AI_SERVICES), NOTHING, Optional.empty())
                        .calls("ai_ask", 1))
                .isEqualTo("{\"ok\":true}");
    }

    @Test
    void who_finds_the_service_full_is_told_so_when_its_patience_ends() throws Exception {
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        PlatformFunction slow = function((call, input) -> call.waiting(() -> {
            inside.countDown();
            await(release);
            return GuestJson.NODES.booleanNode(true);
        }));
        PlatformGuest patient = guest(terms().withAtOnce(2).withLongestWait(Duration.ofMinutes(1)), slow);
        PlatformGate gate = patient.gate();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<String>> served = IntStream.range(0, 2)
                    .mapToObj(i -> threads.submit(() -> patient.calls("ai_ask", 1)))
                    .toList();
            await(inside);

            assertThat(new PlatformGuest(gate, Grants.of(PermissionName.ACCESS_AI_SERVICES), NOTHING, Optional.empty())
                            .waitingAtMost(Duration.ofMillis(50), "ai_ask"))
                    .contains("service-busy");
            release.countDown();
            for (Future<String> each : served) {
                assertThat(each.get()).isEqualTo("{\"ok\":true}");
            }
        }
    }

    @Test
    void a_service_that_is_slower_than_its_longest_wait_is_given_up_and_the_guest_goes_on() {
        PlatformFunction slow = function((call, input) -> call.waiting(() -> {
            giveUpAfter(call.timeLeft());
            throw new ProblemException(ProblemCode.DATABASE_UNAVAILABLE, "given up");
        }));

        assertThat(guest(terms().withLongestWait(Duration.ofMillis(20)), slow).calls("ai_ask", 1))
                .isEqualTo("{\"error\":{\"code\":\"service-timeout\",\"message\":\"service `ai` did not answer within"
                        + " 20 ms; a change asked for may or may not have been made\"}}");
    }

    @Test
    void a_service_that_fails_at_once_is_not_said_to_be_slow() {
        PlatformFunction broken = function((call, input) -> call.waiting(() -> {
            throw new ProblemException(ProblemCode.DATABASE_UNAVAILABLE, "no connection");
        }));

        assertThat(guest(terms(), broken).calls("ai_ask", 1)).contains("database-unavailable");
    }

    @Test
    void every_answer_is_told_with_how_it_ended() {
        PlatformGuest guest = guest(terms().withCallsACall(1), answering());
        guest.calls("ai_ask", 2);

        assertThat(answers)
                .extracting(GateAnswer::function, GateAnswer::refused)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ai_ask", Optional.empty()),
                        org.assertj.core.groups.Tuple.tuple("ai_ask", Optional.of(ProblemCode.QUOTA_EXCEEDED)));
    }

    @Test
    void denials_of_one_kind_are_one_entry_with_a_count() {
        PlatformGuest guest = guest(terms().withCallsACall(2), answering());
        guest.calls("ai_ask", 5);
        clock.advance(Duration.ofSeconds(3));
        guest.calls("ai_ask", 3);

        assertThat(denials.drain()).singleElement().satisfies(denial -> {
            assertThat(denial.code()).isEqualTo(ProblemCode.QUOTA_EXCEEDED);
            assertThat(denial.function()).isEqualTo("ai_ask");
            assertThat(denial.count()).isEqualTo(4);
            assertThat(Duration.between(denial.first(), denial.last())).isEqualTo(Duration.ofSeconds(3));
        });
        assertThat(denials.drain()).isEmpty();
    }

    @Test
    void a_denial_that_could_not_be_written_is_counted_with_the_next() {
        PlatformGuest guest = guest(terms().withCallsACall(0), answering());
        guest.calls("ai_ask", 1);
        denials.giveBack(denials.drain().getFirst());
        guest.calls("ai_ask", 1);

        assertThat(denials.drain())
                .singleElement()
                .extracting(Denials.Denial::count)
                .isEqualTo(2L);
    }

    @Test
    void terms_that_let_nothing_happen_are_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> terms().withLongestWait(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> terms().withAtOnce(0));
        assertThatIllegalArgumentException().isThrownBy(() -> terms().withCallsADay(-1));
    }

    private static ServiceTerms terms() {
        return new ServiceTerms(Duration.ofSeconds(30), 8, 100, 1_000);
    }

    private static PlatformFunction answering() {
        return function((call, input) -> GuestJson.NODES.booleanNode(true));
    }

    private static PlatformFunction function(PlatformFunction.Body body) {
        return new PlatformFunction(
                "ai_ask", PlatformService.AI, Set.of(PermissionName.ACCESS_AI_SERVICES), Set.of(), body);
    }

    private PlatformGuest guest(ServiceTerms terms, PlatformFunction function) {
        return new PlatformGuest(
                gate(terms, function), Grants.of(PermissionName.ACCESS_AI_SERVICES), NOTHING, Optional.empty());
    }

    private PlatformGate gate(ServiceTerms terms, PlatformFunction function) {
        GateListener keepAll = answers::add;
        return new PlatformGate(
                List.of(function),
                new GateKeeping(Map.of(PlatformService.AI, terms), ledger, clock, keepAll.and(denials)));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** As a service that does not answer: nobody counts down. */
    private static void giveUpAfter(Duration time) {
        try {
            assertThat(new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS))
                    .isFalse();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
