package org.storysign.plugins.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.FunctionType;
import org.storysign.plugins.wasm.ValueType;
import org.storysign.plugins.wasm.scan.KnownImports;

/** What of WASI is offered, and that the rest answers so without looking at its arguments. */
class RefusedWasiTest {

    private static final TestSandbox SANDBOX = TestSandbox.on(Tiering.INTERPRETED);

    /** Contract, section 10, and what such functions need beside them. */
    private static final Set<String> OFFERED = Set.of(
            "args_get",
            "args_sizes_get",
            "environ_get",
            "environ_sizes_get",
            "clock_res_get",
            "clock_time_get",
            "random_get",
            "sched_yield",
            "fd_fdstat_get",
            "fd_prestat_get",
            "fd_prestat_dir_name",
            "fd_read",
            "fd_write",
            "poll_oneoff",
            "proc_exit");

    static Stream<String> refused() {
        return new TreeSet<>(KnownImports.of(KnownImports.WASI).keySet())
                .stream().filter(name -> !OFFERED.contains(name));
    }

    /** What the function answers when its first argument is this and the others are -1, so that no pointer is good. */
    private static int answer(String name, int first) {
        FunctionType type =
                Objects.requireNonNull(KnownImports.of(KnownImports.WASI).get(name));
        String arguments = type.params().stream()
                .skip(1)
                .map(each -> each == ValueType.I64 ? "(i64.const -1)" : "(i32.const -1)")
                .collect(Collectors.joining(" "));
        String head = type.params().isEmpty() ? "" : "(i32.const " + first + ")";
        String params = type.params().stream()
                .map(each -> each == ValueType.I64 ? "i64" : "i32")
                .collect(Collectors.joining(" "));
        String wat = """
                (module
                  (import "wasi_snapshot_preview1" "%s" (func $f (param %s) (result i32)))
                  (memory 1)
                  (func (export "run") (result i32) (i32.add (i32.const 1000) (call $f %s %s))))
                """.formatted(name, params, head, arguments);
        return ((Trap.PluginError) SANDBOX.trap(TestCall.of(wat))).status() - 1_000;
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_function_that_is_not_offered_says_so_and_knows_no_other_descriptor(String name) {
        boolean ofDescriptor = !Set.of("proc_raise", "path_symlink").contains(name);

        assertThat(answer(name, 0)).isEqualTo(Errno.NOSYS);
        assertThat(answer(name, 2)).isEqualTo(Errno.NOSYS);
        assertThat(answer(name, 3)).isEqualTo(ofDescriptor ? Errno.BADF : Errno.NOSYS);
        assertThat(answer(name, -1)).isEqualTo(ofDescriptor ? Errno.BADF : Errno.NOSYS);
    }

    @Test
    void every_function_is_offered_or_refused() {
        assertThat(KnownImports.of(KnownImports.WASI).keySet()).containsAll(OFFERED);
        assertThat(refused()).hasSize(31);
    }

    @Test
    void there_is_nothing_to_open_and_nothing_to_hear_of_it() {
        assertThat(answer("fd_prestat_get", 3)).isEqualTo(Errno.BADF);
        assertThat(answer("fd_prestat_dir_name", 3)).isEqualTo(Errno.BADF);
        assertThat(answer("sched_yield", 0)).isEqualTo(Errno.SUCCESS);
        assertThat(answer("environ_get", 0)).isEqualTo(Errno.SUCCESS);
        assertThat(answer("clock_res_get", 2)).isEqualTo(Errno.INVAL);
    }
}
