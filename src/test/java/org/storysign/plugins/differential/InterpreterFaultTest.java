package org.storysign.plugins.differential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.kit.MeteredRunner;
import org.storysign.plugins.kit.MeteredRunner.Budget;
import org.storysign.plugins.kit.MeteredRunner.Engine;
import org.storysign.plugins.kit.MeteredRunner.Run;
import org.storysign.plugins.kit.MeteredRunner.Stop;
import org.storysign.plugins.kit.Wat;

/** What the engine's interpreter gets wrong, so that we hear of it when a newer one gets it right. */
class InterpreterFaultTest {

    /** The one operand below the inner block is 100; the inner block takes more operands than lie below it. */
    private static final String TWO_PARAMETERS = """
            (module (memory (export "memory") 1)
              (func (export "main") (param i32) (result i64)
                i64.const 100
                block (result i64)
                  i64.const 5
                  i64.const 6
                  block (param i64 i64) (result i64)
                    i64.add
                  end
                end
                i64.add))
            """;

    private static final String ONE_PARAMETER = """
            (module (memory (export "memory") 1)
              (func (export "main") (param i32) (result i64)
                i64.const 100
                block (result i64)
                  i64.const 5
                  block (param i64) (result i64)
                    i64.const 6
                    i64.add
                  end
                end
                i64.add))
            """;

    @Test
    void the_interpreter_loses_an_operand_below_a_block_with_two_parameters() {
        assertThat(result(Engine.COMPILER, TWO_PARAMETERS)).isEqualTo(111);
        assertThat(result(Engine.INTERPRETER, TWO_PARAMETERS)).isEqualTo(11);
    }

    @Test
    void the_interpreter_keeps_the_operand_below_a_block_with_one_parameter() {
        assertThat(result(Engine.COMPILER, ONE_PARAMETER)).isEqualTo(111);
        assertThat(result(Engine.INTERPRETER, ONE_PARAMETER)).isEqualTo(111);
    }

    /** 0x0c000000 times 0x40 is three times 2^32, of which an i32 keeps nothing. */
    private static final String IF_BEHIND_MULTIPLICATION = """
            (module (memory (export "memory") 1)
              (func (export "main") (param i32) (result i64)
                (if (result i64) (i32.mul (i32.const 0x0c000000) (i32.const 0x40))
                  (then (i64.const 1))
                  (else (i64.const 2)))))
            """;

    private static final String STORE_BELOW_ZERO = """
            (module (memory (export "memory") 1)
              (func (export "main") (param i32) (result i64)
                (%s offset=54 (i32.const -1) (%s.const 1))
                (i64.const 1)))
            """;

    @Test
    void the_interpreters_if_sees_bits_of_a_product_that_an_i32_has_not() {
        assertThat(result(Engine.COMPILER, IF_BEHIND_MULTIPLICATION)).isEqualTo(2);
        assertThat(result(Engine.INTERPRETER, IF_BEHIND_MULTIPLICATION)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"i32.store8", "i64.store8", "i64.store32"})
    void the_interpreters_store_wraps_around_where_it_should_trap(String store) {
        String wat = STORE_BELOW_ZERO.formatted(store, store.substring(0, 3));

        assertThat(run(Engine.COMPILER, wat).stop()).isEqualTo(Stop.OUT_OF_BOUNDS);
        assertThat(run(Engine.INTERPRETER, wat).stop()).isEqualTo(Stop.RETURNED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"i32.store", "i32.store16", "i64.store", "i64.store16", "f32.store", "f64.store"})
    void its_other_stores_trap_there(String store) {
        String wat = STORE_BELOW_ZERO.formatted(store, store.substring(0, 3));

        assertThat(run(Engine.COMPILER, wat).stop()).isEqualTo(Stop.OUT_OF_BOUNDS);
        assertThat(run(Engine.INTERPRETER, wat).stop()).isEqualTo(Stop.OUT_OF_BOUNDS);
    }

    private static long result(Engine engine, String wat) {
        return run(engine, wat).results().getFirst();
    }

    private static Run run(Engine engine, String wat) {
        return MeteredRunner.plain(engine, Wat.assemble(wat)).run(Budget.AMPLE, "main", 0);
    }
}
