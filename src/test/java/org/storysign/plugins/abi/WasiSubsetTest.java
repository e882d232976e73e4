package org.storysign.plugins.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.LogLine;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.Tiering;

class WasiSubsetTest {

    private static final TestSandbox SANDBOX = TestSandbox.on(Tiering.INTERPRETED);

    private static final String AROUND = """
            (module
              (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_fdstat_get" (func $fd_fdstat_get (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_prestat_get" (func $fd_prestat_get (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_seek" (func $fd_seek (param i32 i64 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "path_open"
                (func $path_open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes_get (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "args_get" (func $args_get (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "environ_sizes_get" (func $environ_sizes_get (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "clock_time_get" (func $clock_time_get (param i32 i64 i32) (result i32)))
              (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll_oneoff (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
              (memory 1)
              (data (i32.const 1024) "one\\ntw")
              (data (i32.const 1040) "o\\nthree")
              ;; a list of two pieces: [1024, 6 bytes) and [1040, 7 bytes)
              (data (i32.const 64) "\\00\\04\\00\\00\\06\\00\\00\\00\\10\\04\\00\\00\\07\\00\\00\\00")
              (func (export "%s") %s %s))
            """;

    private static TestCall running(String code) {
        return TestCall.of(AROUND.formatted("run", "", code));
    }

    /** The answer of one function, by way of a failing status. */
    private static int answer(String expression) {
        CallResult result = SANDBOX.call(
                TestCall.of(AROUND.formatted("run", "(result i32)", "(i32.add (i32.const 1000) " + expression + ")")));
        return ((Trap.PluginError) ((CallResult.Trapped) result).trap()).status() - 1_000;
    }

    private static TestCall command(String code) {
        return TestCall.of(AROUND.formatted("_start", "", code)).export("_start");
    }

    @Test
    void what_a_plugin_writes_goes_to_its_log_line_by_line_however_it_is_cut() {
        String code = "(drop (call $fd_write (i32.const 1) (i32.const 64) (i32.const 2) (i32.const 0)))"
                + "(drop (call $fd_write (i32.const 2) (i32.const 64) (i32.const 1) (i32.const 0)))"
                + "(if (i32.ne (i32.load (i32.const 0)) (i32.const 6)) (then unreachable))";

        assertThat(SANDBOX.call(running(code)).log())
                .containsExactlyInAnyOrder(
                        new LogLine(LogLine.Level.INFO, "one"),
                        new LogLine(LogLine.Level.INFO, "two"),
                        new LogLine(LogLine.Level.INFO, "three"),
                        new LogLine(LogLine.Level.ERROR, "one"),
                        new LogLine(LogLine.Level.ERROR, "tw"));
    }

    @Test
    void a_trap_does_not_swallow_what_was_written_before() {
        String code = "(drop (call $fd_write (i32.const 2) (i32.const 72) (i32.const 1) (i32.const 0))) unreachable";

        assertThat(SANDBOX.call(running(code)).log()).extracting(LogLine::text).containsExactly("o", "three");
    }

    @Test
    void descriptors_beside_the_standard_ones_do_not_exist() {
        assertThat(answer("(call $fd_write (i32.const 3) (i32.const 64) (i32.const 1) (i32.const 0))"))
                .isEqualTo(Errno.BADF);
        assertThat(answer("(call $fd_read (i32.const 1) (i32.const 64) (i32.const 1) (i32.const 0))"))
                .isEqualTo(Errno.BADF);
        assertThat(answer("(call $fd_fdstat_get (i32.const 3) (i32.const 0))")).isEqualTo(Errno.BADF);
        assertThat(answer("(call $fd_fdstat_get (i32.const 2) (i32.const 0))")).isEqualTo(Errno.SUCCESS);
        assertThat(answer("(call $fd_prestat_get (i32.const 3) (i32.const 0))")).isEqualTo(Errno.BADF);
    }

    @Test
    void files_and_seeking_are_not_offered() {
        assertThat(answer("(call $path_open (i32.const 3) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 0)"
                        + " (i64.const 0) (i64.const 0) (i32.const 0) (i32.const 0))"))
                .isEqualTo(Errno.BADF);
        assertThat(answer("(call $fd_seek (i32.const 1) (i64.const 0) (i32.const 0) (i32.const 0))"))
                .isEqualTo(Errno.NOSYS);
    }

    @Test
    void a_program_has_its_name_as_argument_and_no_environment() {
        String code = """
                (drop (call $args_sizes_get (i32.const 0) (i32.const 4)))
                (if (i32.ne (i32.load (i32.const 0)) (i32.const 1)) (then unreachable))
                (if (i32.ne (i32.load (i32.const 4)) (i32.const 7)) (then unreachable))
                (drop (call $args_get (i32.const 8) (i32.const 16)))
                (if (i32.ne (i32.load (i32.const 8)) (i32.const 16)) (then unreachable))
                (if (i32.ne (i32.load8_u (i32.const 16)) (i32.const 112)) (then unreachable))
                (drop (call $environ_sizes_get (i32.const 0) (i32.const 4)))
                (if (i64.ne (i64.load (i32.const 0)) (i64.const 0)) (then unreachable))
                """;

        assertThat(SANDBOX.output(running(code))).isEmpty();
    }

    @Test
    void the_clock_shows_whole_milliseconds() {
        String code = """
                (drop (call $clock_time_get (i32.const 0) (i64.const 1) (i32.const 0)))
                (if (i64.ne (i64.rem_u (i64.load (i32.const 0)) (i64.const 1000000)) (i64.const 0)) (then unreachable))
                (if (i64.lt_u (i64.load (i32.const 0)) (i64.const 1700000000000000000)) (then unreachable))
                """;

        assertThat(SANDBOX.output(running(code))).isEmpty();
        assertThat(answer("(call $clock_time_get (i32.const 2) (i64.const 1) (i32.const 0))"))
                .isEqualTo(Errno.INVAL);
    }

    @Test
    void randomness_fills_what_it_is_asked_to_and_is_paid_by_the_byte() {
        String code = """
                (drop (call $random_get (i32.const 8) (i32.const 16)))
                (if (i64.eqz (i64.load (i32.const 8))) (then unreachable))
                (if (i64.eqz (i64.load (i32.const 16))) (then unreachable))
                (if (i64.ne (i64.load (i32.const 0)) (i64.const 0)) (then unreachable))
                (if (i64.ne (i64.load (i32.const 24)) (i64.const 0)) (then unreachable))
                """;

        assertThat(SANDBOX.output(running(code))).isEmpty();
        assertThat(SANDBOX.trap(running("(drop (call $random_get (i32.const 0) (i32.const 60000)))")
                        .limits(limits -> limits.withFuel(new Fuel(50_000)))))
                .isInstanceOf(Trap.OutOfFuel.class);
        assertThat(SANDBOX.trap(running("(drop (call $random_get (i32.const 0) (i32.const -1)))")))
                .isInstanceOf(Trap.OutOfBoundsMemory.class);
    }

    @Test
    void a_list_of_four_thousand_million_empty_pieces_ends_with_the_fuel() {
        String code = "(drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const -1) (i32.const 0)))";

        assertThat(SANDBOX.trap(running(code))).isInstanceOfAny(Trap.OutOfFuel.class, Trap.OutOfBoundsMemory.class);
    }

    @Test
    void an_exit_code_of_zero_is_success_and_any_other_is_an_error() {
        assertThat(SANDBOX.output(running("(call $proc_exit (i32.const 0)) unreachable")))
                .isEmpty();
        assertThat(SANDBOX.trap(running("(call $proc_exit (i32.const 3))"))).isEqualTo(new Trap.PluginError(3, ""));
    }

    @Test
    void a_command_reads_its_input_and_writes_its_output() {
        // Reads two pieces of input and writes what it got.
        String code = """
                (drop (call $fd_read (i32.const 0) (i32.const 64) (i32.const 2) (i32.const 0)))
                (i32.store (i32.const 76) (i32.sub (i32.load (i32.const 0)) (i32.const 6)))
                (drop (call $fd_write (i32.const 1) (i32.const 64) (i32.const 2) (i32.const 0)))
                (drop (call $fd_read (i32.const 0) (i32.const 64) (i32.const 2) (i32.const 0)))
                (if (i32.ne (i32.load (i32.const 0)) (i32.const 0)) (then unreachable))
                """;

        byte[] output = SANDBOX.output(command(code).input("hello world"));

        assertThat(new String(output, StandardCharsets.UTF_8)).isEqualTo("hello world");
    }

    @Test
    void a_command_that_exits_with_a_code_fails_with_it_and_its_errors_are_logged() {
        String code = "(drop (call $fd_write (i32.const 2) (i32.const 64) (i32.const 1) (i32.const 0)))"
                + " (call $proc_exit (i32.const 2))";

        CallResult result = SANDBOX.call(command(code));

        assertThat(((CallResult.Trapped) result).trap()).isEqualTo(new Trap.PluginError(2, ""));
        assertThat(result.log()).extracting(LogLine::text).isEqualTo(List.of("one", "tw"));
    }

    @Test
    void a_command_whose_output_is_one_byte_too_long_is_stopped() {
        TestCall call = command("(drop (call $fd_write (i32.const 1) (i32.const 64) (i32.const 1) (i32.const 0)))");

        assertThat(SANDBOX.output(call.limits(limits -> limits.withOutput(new MemorySize(6)))))
                .hasSize(6);
        assertThat(SANDBOX.trap(call.limits(limits -> limits.withOutput(new MemorySize(5)))))
                .isEqualTo(new Trap.OutputTooLarge(new MemorySize(6), new MemorySize(5)));
    }
}
