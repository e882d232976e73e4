package org.storysign.plugins.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.TestCall;

/** One processor that is taken, and who gets it next. */
class ProcessorsTest {

    private final Processors processors = new Processors(1);
    private final Processors.Seat holder = seat("holder");
    private final List<String> order = Collections.synchronizedList(new ArrayList<>());
    private final List<CompletableFuture<Void>> calls = new ArrayList<>();

    private Processors.Seat seat(String plugin) {
        return processors.seat(TestCall.of("").plugin(plugin).context());
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
}
