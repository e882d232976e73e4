package org.storysign.plugins.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.TestCall;

/** One processor that is taken, and who gets it next. */
class ProcessorsTest {

    private final Processors processors = new Processors(1, 0);
    private final Processors.Seat holder = seat("holder");
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());
    private final List<CompletableFuture<Void>> calls = new ArrayList<>();

    private Processors.Seat seat(String plugin) {
        return processors.seat(TestCall.of("").plugin(plugin).context());
    }

    private static CompletableFuture<Void> inThread(Runnable work) {
        return CompletableFuture.runAsync(work, task -> new Thread(task).start());
    }

    /** Waits in the queue, notes when it is its turn, and goes. */
    private void wait(String plugin, boolean isBrief) {
        int before = processors.waiting();
        calls.add(CompletableFuture.runAsync(
                () -> {
                    Processors.Seat seat = seat(plugin);
                    seat.enter(isBrief);
                    order.add(plugin);
                    seat.leave();
                },
                work -> new Thread(work).start()));
        while (processors.waiting() == before) {
            Pauses.brief();
        }
    }

    private List<String> order() {
        holder.leave();
        calls.forEach(CompletableFuture::join);
        return order;
    }

    @Test
    void calls_that_have_hardly_run_go_before_those_that_run_long() {
        holder.enter(true);
        wait("long", false);
        wait("short", true);

        assertThat(order()).containsExactly("short", "long");
    }

    @Test
    void every_fourth_turn_is_of_those_that_run_long() {
        holder.enter(true);
        wait("long", false);
        for (int number = 0; number < 6; number++) {
            wait("short-" + number, true);
        }

        assertThat(order().indexOf("long")).isEqualTo(3);
    }

    @Test
    void the_only_call_of_a_plugin_does_not_wait_for_all_calls_of_another() {
        holder.enter(true);
        for (int number = 0; number < 5; number++) {
            wait("greedy", true);
        }
        wait("modest", true);

        assertThat(order().indexOf("modest")).isEqualTo(1);
    }

    @Test
    void who_hands_over_comes_back_after_those_that_wait() {
        holder.enter(true);
        wait("short", true);

        holder.handOver(false);
        order.add("holder");

        assertThat(order()).containsExactly("short", "holder");
        assertThat(processors.waiting()).isZero();
    }

    @Test
    void nobody_waits_while_a_processor_is_free() {
        holder.enter(true);
        boolean isAwaited = holder.isAwaited();
        holder.handOver(false);
        holder.leave();
        holder.enter(false);

        assertThat(isAwaited).isFalse();
        assertThat(processors.waiting()).isZero();
    }

    @Test
    void a_short_call_shares_the_processors_with_long_ones_and_one_that_became_long_does_not() {
        Processors sharing = new Processors(1, 1);
        Processors.Seat lengthy = sharing.seat(TestCall.of("").plugin("long").context());
        Processors.Seat brief = sharing.seat(TestCall.of("").plugin("short").context());
        lengthy.enter(false);

        brief.enter(true);
        brief.handOver(true);
        assertThat(brief.isAwaited()).as("it is looked at again").isTrue();
        assertThat(lengthy.isAwaited()).isFalse();

        CompletableFuture<Void> moved = inThread(() -> brief.handOver(false));
        Pauses.await("it waits for a permit of its own", Duration.ofSeconds(20), () -> sharing.waiting() == 1);
        Processors.Seat next = sharing.seat(TestCall.of("").plugin("next").context());
        next.enter(true);
        lengthy.leave();
        moved.join();

        assertThat(brief.isAwaited()).isFalse();
        next.leave();
        brief.leave();
        assertThat(sharing.waiting()).isZero();
    }

    @Test
    void the_spare_permit_goes_from_one_short_call_to_the_next_and_never_to_a_long_one() {
        Processors sharing = new Processors(1, 1);
        Processors.Seat lengthy = sharing.seat(TestCall.of("").plugin("long").context());
        Processors.Seat first = sharing.seat(TestCall.of("").plugin("aa").context());
        Processors.Seat second = sharing.seat(TestCall.of("").plugin("bb").context());
        Processors.Seat waiting = sharing.seat(TestCall.of("").plugin("cc").context());
        lengthy.enter(false);
        first.enter(true);
        CompletableFuture<Void> longer = inThread(() -> waiting.enter(false));
        Pauses.await("the long one", Duration.ofSeconds(20), () -> sharing.waiting() == 1);
        CompletableFuture<Void> shorter = inThread(() -> second.enter(true));
        Pauses.await("the short one", Duration.ofSeconds(20), () -> sharing.waiting() == 2);

        first.leave();
        shorter.join();
        second.leave();

        assertThat(longer).isNotDone();
        lengthy.leave();
        longer.join();
        waiting.leave();
    }

    @Test
    void whatever_order_many_come_and_go_in_nobody_is_forgotten_and_no_permit_is_made() {
        Processors sharing = new Processors(2, 1);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int number = 0; number < 24; number++) {
            Random random = new Random(number);
            Processors.Seat seat =
                    sharing.seat(TestCall.of("").plugin("p" + number % 5).context());
            all.add(CompletableFuture.runAsync(
                    () -> {
                        for (int call = 0; call < 300; call++) {
                            boolean isBrief = random.nextInt(3) > 0;
                            seat.enter(isBrief);
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            for (int slice = random.nextInt(4); slice > 0; slice--) {
                                if (seat.isAwaited()) {
                                    running.decrementAndGet();
                                    seat.handOver(isBrief && random.nextBoolean());
                                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                                }
                            }
                            running.decrementAndGet();
                            seat.leave();
                        }
                    },
                    work -> new Thread(work).start()));
        }

        all.forEach(each -> each.orTimeout(60, TimeUnit.SECONDS).join());

        assertThat(most.get()).isLessThanOrEqualTo(3);
        assertThat(sharing.waiting()).isZero();
        Processors.Seat one = sharing.seat(TestCall.of("").context());
        Processors.Seat other = sharing.seat(TestCall.of("").context());
        Processors.Seat third = sharing.seat(TestCall.of("").context());
        one.enter(false);
        other.enter(false);
        third.enter(true);
        assertThat(sharing.waiting()).as("all three permits are there").isZero();
    }
}
