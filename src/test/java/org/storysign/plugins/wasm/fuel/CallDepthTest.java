package org.storysign.plugins.wasm.fuel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storysign.plugins.kit.MeteredRunner.Budget;
import org.storysign.plugins.kit.MeteredRunner.Engine;
import org.storysign.plugins.kit.MeteredRunner.Run;
import org.storysign.plugins.kit.MeteredRunner.Stop;

class CallDepthTest {

    /** Calls itself as often as it is told; each call weighs 1. */
    private static final String COUNTDOWN = """
            (module
              (func $down (export "main") (param $n i32)
                (if (local.get $n) (then (call $down (i32.sub (local.get $n) (i32.const 1)))))))
            """;

    /** As deep as it is told through two functions and a table; ten ways out of the functions give their depth back. */
    private static final String WAYS_OUT = """
            (module
              (type $step (func (param i32) (result i32 i64)))
              (table 1 funcref)
              (elem (i32.const 0) $out)
              (func $out (type $step)
                (block $b
                  (loop $l
                    (br_if 2 (i32.const 1) (i64.const 1) (i32.eq (local.get 0) (i32.const 1)))
                    (drop) (drop)
                    (if (i32.eq (local.get 0) (i32.const 2)) (then (return (i32.const 2) (i64.const 2))))
                    (if (i32.eq (local.get 0) (i32.const 3)) (then (br 3 (i32.const 3) (i64.const 3))))
                    (br_table $b 2 $b (i32.const 4) (i64.const 4) (i32.sub (local.get 0) (i32.const 3)))))
                (call $again (i32.const 3)))
              (func $again (type $step)
                (if (result i32 i64) (local.get 0)
                  (then (call_indirect (type $step) (i32.sub (local.get 0) (i32.const 1)) (i32.const 0)))
                  (else (i32.const 0) (i64.const 0) (br 1))))
              (func (export "main") (param i32) (result i32)
                (call $again (local.get 0))
                (drop)))
            """;

    @ParameterizedTest
    @EnumSource
    void a_guest_may_go_exactly_as_deep_as_its_limit(Engine engine) {
        Run run = Metered.run(engine, Metered.of(COUNTDOWN), Budget.AMPLE.withDepth(500), 499);

        assertThat(run.stop()).isEqualTo(Stop.RETURNED);
        assertThat(run.depthLeft()).isEqualTo(500);
    }

    @ParameterizedTest
    @EnumSource
    void one_call_deeper_stops_it_at_the_same_fuel_on_every_engine(Engine engine) {
        Run run = Metered.run(engine, Metered.of(COUNTDOWN), Budget.AMPLE.withDepth(500), 500);

        assertThat(run.stop()).isEqualTo(Stop.TOO_DEEP);
        assertThat(run.fuel())
                .as("500 calls of 6, and the entry of the last: local.get, if")
                .isEqualTo(500 * 6 + 2);
    }

    @ParameterizedTest
    @EnumSource
    void nothing_stops_it_when_the_check_is_unplugged(Engine engine) {
        MeteredModule module = Metered.without(Guard.DEPTH_CHECK, COUNTDOWN);

        Run run = Metered.run(engine, module, Budget.AMPLE.withDepth(500), 500);

        assertThat(run.stop()).isEqualTo(Stop.RETURNED);
        assertThat(run.depthLeft()).as("never armed, all given back").isZero();
    }
}
