package org.storysign.plugins.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** How a call ends when its guest says several things at once. */
class EndingTest {

    private static final TestSandbox SANDBOX = TestSandbox.on(Tiering.INTERPRETED);

    private static final String EXIT = "(import \"wasi_snapshot_preview1\" \"proc_exit\" (func $exit (param i32)))";
    private static final String SAYS = "(call $error_set (call $world))";
    private static final String GIVES = "(call $give (call $hello))";

    private static TestCall running(String result, String code) {
        return TestCall.of(KernelModule.with(EXIT, "", "(func (export \"run\") " + result + " " + code + ")"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"|", "(result i32)|(i32.const 0)", "|(call $exit (i32.const 0)) unreachable"})
    void an_export_that_gives_nothing_or_zero_or_exits_with_zero_succeeds_with_its_output(String result, String end) {
        TestCall call = running(text(result), GIVES + text(end));

        assertThat(new String(SANDBOX.output(call), StandardCharsets.UTF_8)).isEqualTo("hello");
    }

    private static String text(String column) {
        return column == null ? "" : column;
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("a result", "(result i32)", GIVES + "(i32.const 7)", new Trap.PluginError(7, "")),
                Arguments.of(
                        "an error and a result of zero",
                        "(result i32)",
                        GIVES + SAYS + "(i32.const 0)",
                        new Trap.PluginError(0, "`world!`")),
                Arguments.of(
                        "an error and a result",
                        "(result i32)",
                        SAYS + "(i32.const 7)",
                        new Trap.PluginError(7, "`world!`")),
                Arguments.of("a negative result", "(result i32)", "(i32.const -3)", new Trap.PluginError(-3, "")),
                Arguments.of(
                        "a result of another type",
                        "(result i64)",
                        SAYS + "(i64.const 7)",
                        new Trap.PluginError(-1, "`world!`")),
                Arguments.of(
                        "two results", "(result i32 i32)", "(i32.const 0) (i32.const 0)", new Trap.PluginError(-1, "")),
                Arguments.of(
                        "an error and an exit with zero",
                        "",
                        SAYS + "(call $exit (i32.const 0))",
                        new Trap.PluginError(0, "`world!`")),
                Arguments.of(
                        "an error and an exit",
                        "",
                        SAYS + "(call $exit (i32.const 3))",
                        new Trap.PluginError(3, "`world!`")),
                Arguments.of(
                        "an error and an abort", "", SAYS + "unreachable", new Trap.Unreachable(" and said `world!`")),
                Arguments.of(
                        "an error and a limit", "", SAYS + "(loop $l (br $l))", new Trap.OutOfFuel(new Fuel(100_000))),
                Arguments.of(
                        "an error and too much output",
                        "",
                        SAYS + "(call $give (call $alloc (i64.const 2000)))",
                        new Trap.PluginError(0, "`world!`")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void what_weighs_more_is_told(String name, String result, String code, Trap expected) {
        TestCall call = running(result, code)
                .limits(limits -> limits.withFuel(new Fuel(100_000))
                        .withOutput(MemorySize.ofKiB(1))
                        .withRunTime(Duration.ofMinutes(1)));

        assertThat(SANDBOX.trap(call)).isEqualTo(expected);
    }

    @Test
    void an_error_whose_block_is_empty_or_was_freed_is_none() {
        String freed = "(local.set $a (call $world)) (call $error_set (local.get $a)) (call $free (local.get $a))";
        String within = "(call $error_set (i64.add (call $world) (i64.const 1)))";

        assertThat(SANDBOX.output(TestCall.of(KernelModule.running(freed)))).isEmpty();
        assertThat(SANDBOX.output(TestCall.of(KernelModule.running(within)))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0", "3"})
    void a_guest_that_exits_while_it_is_initialised_has_failed_whatever_its_code(int code) {
        String wat = KernelModule.with(
                EXIT,
                "",
                "(func (export \"_initialize\") (call $error_set (call $world)) (call $exit (i32.const %d)))"
                                .formatted(code)
                        + "(func (export \"run\") " + GIVES + ")");

        assertThat(SANDBOX.trap(TestCall.of(wat))).isEqualTo(new Trap.PluginError(code, "`world!`"));
    }
}
