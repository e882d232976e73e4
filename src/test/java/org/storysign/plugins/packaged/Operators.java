package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Several {@link Operator}s at work on one process at the same time. */
record Operators(List<Operator> all, List<Thread> threads) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static Operators start(int count, Client client, String name) {
        List<Operator> operators = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            Operator operator = new Operator(client, name + "-" + number);
            operators.add(operator);
            threads.add(Thread.ofPlatform().name(operator.toString()).start(operator));
        }
        return new Operators(operators, threads);
    }

    /** How many steps were acknowledged. */
    int answers() {
        return all.stream().mapToInt(Operator::answers).sum();
    }

    /** Tells them to begin no other step: a database may be back before one of them misses it. */
    void stop() {
        all.forEach(Operator::stop);
    }

    /** Waits until all have ended: told to, or because nobody answers. */
    void join() {
        try {
            for (Thread thread : threads) {
                thread.join(PATIENCE);
                assertThat(thread.isAlive()).isFalse();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether what is stored is what its book says, or what its last, unanswered request would have led to. */
    static void requireAcknowledged(Operator operator, Map<String, String> stored) {
        assertThat(operator.complaint()).isEmpty();
        operator.book()
                .keySet()
                .forEach(what -> assertThat(stored.getOrDefault(what, Operator.ABSENT))
                        .as(what)
                        .isIn(operator.possible(what)));
    }
}
