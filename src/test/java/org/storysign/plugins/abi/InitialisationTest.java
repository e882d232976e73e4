package org.storysign.plugins.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** Which initialisers run before which export. Each adds its digit to a number; exports give the number as their output. */
class InitialisationTest {

    private static final TestSandbox SANDBOX = TestSandbox.on(Tiering.INTERPRETED);

    private static final String AROUND = """
            (global $ran (mut i32) (i32.const 0))
            (func $add (param $digit i32)
              (global.set $ran (i32.add (i32.mul (global.get $ran) (i32.const 10)) (local.get $digit)))
              (call $number (i64.extend_i32_u (global.get $ran))))
            """;

    /** An export that adds its digit. */
    private static String adds(String export, String type, int digit) {
        return "(func (export \"%s\") %s (call $add (i32.const %d)))".formatted(export, type, digit);
    }

    private static long ran(String export, String... functions) {
        String wat = KernelModule.of(AROUND + String.join("\n", functions));
        return ByteBuffer.wrap(SANDBOX.output(TestCall.of(wat).export(export)))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    @ParameterizedTest
    @CsvSource({
        "_initialize, 1, 19",
        "__wasm_call_ctors, 2, 29",
        "_start, 8, 9",
    })
    void an_initialiser_runs_before_the_export_and_a_command_does_not(String initialiser, int digit, int ran) {
        assertThat(ran("run", adds("run", "", 9), adds(initialiser, "", digit))).isEqualTo(ran);
    }

    @Test
    void a_haskell_runtime_is_initialised_after_its_reactor() {
        assertThat(ran(
                        "run",
                        adds("run", "", 9),
                        adds("hs_init", "(param i32 i32)", 3),
                        adds("__wasm_call_ctors", "", 2),
                        adds("_initialize", "", 1)))
                .isEqualTo(139);
        assertThat(ran("run", adds("run", "", 9), adds("hs_init", "(param i32 i32)", 3)))
                .isEqualTo(39);
    }

    @ParameterizedTest
    @CsvSource({"_initialize, (param i32)", "__wasm_call_ctors, (param i64)", "hs_init, (param i32)", "hs_init,"})
    void what_has_another_type_is_no_initialiser(String export, String type) {
        assertThat(ran("run", adds("run", "", 9), adds(export, type == null ? "" : type, 5)))
                .isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({"_initialize, 1", "__wasm_call_ctors, 2", "_start, 8"})
    void an_initialiser_or_command_that_is_called_itself_runs_alone(String export, int digit) {
        assertThat(ran(
                        export,
                        adds("_initialize", "", 1),
                        adds("__wasm_call_ctors", "", 2),
                        adds("hs_init", "(param i32 i32)", 3),
                        adds("_start", "", 8)))
                .isEqualTo(digit);
    }

    @Test
    void every_call_is_initialised_anew() {
        String[] functions = {adds("run", "", 9), adds("_initialize", "", 1)};

        assertThat(ran("run", functions)).isEqualTo(19);
        assertThat(ran("run", functions)).isEqualTo(19);
    }
}
