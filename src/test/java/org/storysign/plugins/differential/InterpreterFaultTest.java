package org.storysign.plugins.differential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.MeteredRunner;
import org.storysign.plugins.kit.MeteredRunner.Budget;
import org.storysign.plugins.kit.MeteredRunner.Engine;
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

    private static long result(Engine engine, String wat) {
        return MeteredRunner.plain(engine, Wat.assemble(wat))
                .run(Budget.AMPLE, "main", 0)
                .results()
                .getFirst();
    }
}
