package org.storysign.plugins.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.LimitSwitch;

class RosterTest {

    private static final WorkerOwner ONE = owner("one");
    private static final WorkerOwner OTHER = owner("other");

    private final WorkerWatch watch = new WorkerWatch();

    private static WorkerOwner owner(String plugin) {
        return new WorkerOwner(TenantId.DEFAULT, new PluginId(plugin), Digest.of(new byte[0]));
    }

    private static Roster roster(int most, int mostOfOne) {
        WorkerTerms terms =
                LimitSwitch.plugged(WorkerTerms.ofThisMachine().withMost(most).withMostOfOne(mostOfOne));
        Roster roster = new Roster(terms.most(), terms.mostOfOne());
        roster.open(ONE);
        roster.open(OTHER);
        return roster;
    }

    private WorkerProcess worker() {
        return new WorkerProcess(new FakeProcess(new byte[0], 0), watch, Duration.ZERO);
    }

    private static boolean seated(Roster roster, WorkerOwner owner) {
        return roster.seat(owner, Duration.ZERO).isPresent();
    }

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void there_are_no_more_workers_than_there_may_be() {
        Roster roster = roster(2, 2);

        assertThat(List.of(seated(roster, ONE), seated(roster, OTHER), seated(roster, OTHER)))
                .containsExactly(true, true, false);
        roster.gone(ONE);
        assertThat(seated(roster, OTHER)).isTrue();
    }

    @Test
    void a_plugin_has_no_more_of_them_than_its_part() {
        Roster roster = roster(3, 1);

        assertThat(List.of(seated(roster, ONE), seated(roster, ONE), seated(roster, OTHER)))
                .containsExactly(true, false, true);
    }

    @Test
    void an_idle_worker_is_for_its_owner_alone_and_makes_room_for_others_when_it_was_idle_longest() {
        Roster roster = roster(2, 2);
        WorkerProcess first = seatedWorker(roster, ONE);
        WorkerProcess second = seatedWorker(roster, ONE);
        roster.giveBack(ONE, first);
        roster.giveBack(ONE, second);

        Optional<Roster.Seat> others = roster.seat(OTHER, Duration.ZERO);

        assertThat(others).hasValueSatisfying(seat -> assertThat(seat.worker()).isEmpty());
        assertThat(first.isUsable()).isFalse();
        assertThat(roster.seat(ONE, Duration.ZERO))
                .hasValueSatisfying(seat -> assertThat(seat.worker()).containsSame(second));
    }

    private WorkerProcess seatedWorker(Roster roster, WorkerOwner owner) {
        assertThat(seated(roster, owner)).isTrue();
        return worker();
    }

    @Test
    void a_worker_that_died_is_not_handed_out() {
        Roster roster = roster(1, 1);
        WorkerProcess worker = seatedWorker(roster, ONE);
        roster.giveBack(ONE, worker);
        worker.kill();

        assertThat(roster.seat(ONE, Duration.ZERO))
                .hasValueSatisfying(seat -> assertThat(seat.worker()).isEmpty());
    }

    @Test
    void when_nobody_holds_a_module_any_more_its_workers_end() {
        Roster roster = roster(2, 2);
        roster.open(ONE);
        WorkerProcess idle = seatedWorker(roster, ONE);
        WorkerProcess busy = seatedWorker(roster, ONE);
        roster.giveBack(ONE, idle);

        roster.close(ONE);
        assertThat(idle.isUsable()).isTrue();
        roster.close(ONE);

        assertThat(idle.isUsable()).isFalse();
        roster.giveBack(ONE, busy);
        assertThat(busy.isUsable()).isFalse();
        assertThat(roster.taken()).isZero();
    }

    @Test
    void only_the_first_worker_of_a_module_is_started_ahead_and_only_where_there_is_room() {
        Roster roster = roster(1, 1);

        assertThat(roster.seatAhead(ONE)).isTrue();
        assertThat(roster.seatAhead(ONE)).isFalse();
        assertThat(roster.seatAhead(OTHER)).isFalse();
        roster.giveBack(ONE, worker());
        roster.isStarted(ONE);

        assertThat(roster.seat(ONE, Duration.ZERO))
                .hasValueSatisfying(seat -> assertThat(seat.worker()).isPresent());
        assertThat(roster.seatAhead(owner("nobody-has-it"))).isFalse();
    }

    @Test
    void many_callers_at_once_never_have_more_workers_than_there_may_be_and_lose_none() throws InterruptedException {
        Roster roster = new Roster(3, 2);
        roster.open(ONE);
        roster.open(OTHER);
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger running = new AtomicInteger();
        AtomicInteger highest = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < 8; number++) {
            Random random = new Random(number);
            threads.add(Thread.ofPlatform().start(() -> {
                for (int round = 0; round < 500; round++) {
                    WorkerOwner owner = random.nextBoolean() ? ONE : OTHER;
                    Roster.Seat seat = roster.seat(owner, Duration.ofMinutes(1)).orElseThrow();
                    highest.accumulateAndGet(running.incrementAndGet(), Math::max);
                    WorkerProcess worker = seat.worker().orElseGet(this::worker);
                    if (random.nextInt(4) == 0) {
                        worker.kill();
                    }
                    calls.incrementAndGet();
                    running.decrementAndGet();
                    roster.giveBack(owner, worker);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(calls).hasValue(4_000);
        assertThat(highest.get()).isBetween(1, 3);
        assertThat(roster.taken()).isEqualTo(roster.idle()).isLessThanOrEqualTo(3);
    }
}
