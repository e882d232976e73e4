package org.storysign.plugins.wasm.fuel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.MeteredRunner;
import org.storysign.plugins.kit.MeteredRunner.Budget;
import org.storysign.plugins.kit.MeteredRunner.Engine;
import org.storysign.plugins.kit.MeteredRunner.Stop;
import org.storysign.plugins.limits.SecurityLevel;

class FrameWeightTest {

    private static final int DEEPEST = SecurityLevel.MINIMAL.limits().callDepth();

    static Stream<Arguments> guestsAndEngines() {
        return DeepGuests.all().keySet().stream()
                .flatMap(guest -> Stream.of(Engine.values()).map(engine -> Arguments.of(guest, engine)));
    }

    @ParameterizedTest
    @MethodSource("guestsAndEngines")
    void a_thread_of_the_computed_size_holds_the_deepest_guest(String guest, Engine engine)
            throws InterruptedException {
        long stack = FrameWeight.stackSize(DEEPEST).bytes();

        Stop stop = stopOf(DeepGuests.named(guest), engine, stack);

        assertThat(stop).isEqualTo(Stop.TOO_DEEP);
    }

    @Test
    void a_thread_with_a_twelfth_of_it_does_not() throws InterruptedException {
        long stack = (long) DEEPEST * FrameWeight.BYTES_PER_DEPTH_UNIT / 12;

        Stop stop = stopOf(DeepGuests.named("through a table"), Engine.INTERPRETER, stack);

        assertThat(stop).isEqualTo(Stop.STACK_OVERFLOW);
    }

    private static Stop stopOf(String guest, Engine engine, long stack) throws InterruptedException {
        MeteredRunner runner = MeteredRunner.metered(engine, Metered.of("(module " + guest + ")"));
        AtomicReference<Stop> stop = new AtomicReference<>();
        Runnable run = () ->
                stop.set(runner.run(Budget.AMPLE.withDepth(DEEPEST), "main").stop());
        Thread thread = new Thread(null, run, "deep guest", stack);
        thread.start();
        thread.join();
        return stop.get();
    }
}
