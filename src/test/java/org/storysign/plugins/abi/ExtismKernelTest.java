package org.storysign.plugins.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.LogLine;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.FunctionType;
import org.storysign.plugins.wasm.scan.KnownImports;

/** The Extism ABI as its kits rely on it. */
class ExtismKernelTest {

    private static final TestSandbox SANDBOX = TestSandbox.on(Tiering.INTERPRETED);

    private static String text(TestCall call) {
        return new String(SANDBOX.output(call), StandardCharsets.UTF_8);
    }

    private static String text(String code) {
        return text(TestCall.of(KernelModule.running(code)));
    }

    private static long number(TestCall call) {
        return ByteBuffer.wrap(SANDBOX.output(call))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    private static long number(String expression) {
        return number(TestCall.of(KernelModule.running("(call $number " + expression + ")")));
    }

    @ParameterizedTest
    @ValueSource(strings = {KnownImports.EXTISM, KnownImports.WASI})
    void every_function_the_scan_lets_a_module_import_is_offered_with_that_type(String module) {
        Map<String, FunctionType> offered = new TreeMap<>();
        for (HostFunction function : new ExtismKernel().functions()) {
            if (function.module().equals(module)) {
                offered.put(function.name(), function.type());
            }
        }

        assertThat(offered).isEqualTo(new TreeMap<>(KnownImports.of(module)));
    }

    @Test
    void a_handle_is_an_address_and_every_byte_behind_it_can_be_reached() {
        String code = """
                (local.set $a (call $alloc (i64.const 3)))
                (call $store_u8 (local.get $a) (i32.const 97))
                (call $store_u8 (i64.add (local.get $a) (i64.const 1)) (i32.const 354))
                (call $store_u8 (i64.add (local.get $a) (i64.const 2)) (call $load_u8 (i64.add (local.get $a) (i64.const 1))))
                (call $give (local.get $a))
                """;

        assertThat(text(code)).isEqualTo("abb");
    }

    @Test
    void no_handle_is_zero_and_allocating_nothing_gives_zero() {
        assertThat(number("(call $alloc (i64.const 1))")).isPositive();
        assertThat(number("(call $alloc (i64.const 0))")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"length", "length_unsafe"})
    void the_length_is_known_of_handles_only(String length) {
        assertThat(number("(call $%s (call $hello))".formatted(length))).isEqualTo(5);
        assertThat(number("(call $%s (i64.add (call $hello) (i64.const 1)))".formatted(length)))
                .isZero();
        assertThat(number("(call $%s (i64.const 0))".formatted(length))).isZero();
        assertThat(number("(call $%s (i64.const -1))".formatted(length))).isZero();
    }

    @Test
    void a_freed_handle_has_no_length_and_freeing_what_is_none_does_nothing() {
        String code = """
                (local.set $a (call $hello))
                (local.set $b (call $world))
                (call $free (local.get $a))
                (call $free (local.get $a))
                (call $free (i64.const 0))
                (call $free (i64.const -5))
                (call $free (i64.add (local.get $b) (i64.const 1)))
                (call $number (i64.add (i64.mul (call $length (local.get $a)) (i64.const 100)) (call $length (local.get $b))))
                """;

        assertThat(number(TestCall.of(KernelModule.running(code)))).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "1000000000000", "-1", "-8", "0x7fffffffffffffff"})
    void loads_outside_give_zero_and_stores_outside_are_ignored(String address) {
        String code = """
                (drop (call $hello))
                (call $store_u8 (i64.const %1$s) (i32.const 1))
                (call $store_u64 (i64.const %1$s) (i64.const 1))
                (call $number (i64.add (call $load_u64 (i64.const %1$s)) (i64.extend_i32_u (call $load_u8 (i64.const %1$s)))))
                """.formatted(address);

        assertThat(number(TestCall.of(KernelModule.running(code)))).isZero();
    }

    @Test
    void the_input_is_a_block_as_any_other() {
        String same = """
                (local.set $a (call $input_offset))
                (call $store_u8 (local.get $a) (i32.const 72))
                (call $output_set (local.get $a) (call $input_length))
                """;

        assertThat(text(TestCall.of(KernelModule.running(same)).input("hello!")))
                .isEqualTo("Hello!");
    }

    @Test
    void the_input_is_loaded_by_offset_and_gives_zero_outside() {
        String load = "(call $number (i64.add (call $input_load_u64 (i64.const %d))"
                + " (i64.extend_i32_u (call $input_load_u8 (i64.const %d)))))";
        byte[] input = {1, 0, 0, 0, 0, 0, 0, 0, 42};

        assertThat(number(
                        TestCall.of(KernelModule.running(load.formatted(0, 8))).input(input)))
                .isEqualTo(43);
        assertThat(number(
                        TestCall.of(KernelModule.running(load.formatted(2, 9))).input(input)))
                .isZero();
        assertThat(number(TestCall.of(KernelModule.running(load.formatted(-1, -1)))
                        .input(input)))
                .isZero();
    }

    @Test
    void an_input_that_was_freed_has_no_length() {
        String code = "(call $free (call $input_offset)) (call $number (call $input_length))";

        assertThat(number(TestCall.of(KernelModule.running(code)).input("hello")))
                .isZero();
    }

    @Test
    void any_range_inside_the_kernel_memory_can_be_the_output() {
        assertThat(text("(call $output_set (i64.add (call $hello) (i64.const 1)) (i64.const 3))"))
                .isEqualTo("ell");
    }

    @Test
    void an_output_outside_the_kernel_memory_is_ignored() {
        String code = """
                (call $give (call $hello))
                (call $output_set (i64.const 100000) (i64.const 5))
                (call $output_set (i64.const -1) (i64.const 5))
                (call $output_set (call $input_offset) (i64.const -1))
                """;

        assertThat(text(code)).isEqualTo("hello");
    }

    @Test
    void an_output_of_one_byte_too_many_is_too_large() {
        TestCall call = TestCall.of(KernelModule.running("(call $give (call $world))"));

        assertThat(SANDBOX.output(call.limits(limits -> limits.withOutput(new MemorySize(6)))))
                .hasSize(6);
        assertThat(SANDBOX.trap(call.limits(limits -> limits.withOutput(new MemorySize(5)))))
                .isEqualTo(new Trap.OutputTooLarge(new MemorySize(6), new MemorySize(5)));
    }

    @Test
    void an_error_that_was_set_fails_the_call_even_when_it_returns_zero() {
        String code = "(call $give (call $hello)) (call $error_set (call $world))";

        assertThat(SANDBOX.trap(TestCall.of(KernelModule.running(code))))
                .isEqualTo(new Trap.PluginError(0, "`world!`"));
    }

    @Test
    void an_error_that_was_taken_back_fails_nothing() {
        String code = "(call $error_set (call $world)) (call $error_set (i64.const 0)) (call $give (call $hello))";

        assertThat(text(code)).isEqualTo("hello");
    }

    @Test
    void the_error_can_be_read_back() {
        String code = """
                (local.set $a (call $hello))
                (call $error_set (local.get $a))
                (local.set $b (call $error_get))
                (call $error_set (i64.const 0))
                (call $number (i64.sub (local.get $b) (local.get $a)))
                """;

        assertThat(number(TestCall.of(KernelModule.running(code)))).isZero();
    }

    @Test
    void what_a_guest_said_before_it_aborted_belongs_to_the_trap() {
        String code = "(call $error_set (call $world)) unreachable";

        assertThat(SANDBOX.trap(TestCall.of(KernelModule.running(code))))
                .isEqualTo(new Trap.Unreachable(" and said `world!`"));
    }

    @ParameterizedTest
    @CsvSource({"i32,(i32.const 7),7", "i64,(i64.const 0),-1", "f32,(f32.const 0),-1"})
    void a_result_that_is_not_zero_or_not_an_i32_fails_the_call(String type, String value, int status) {
        String wat = KernelModule.of("(func (export \"run\") (result %s) %s)".formatted(type, value));

        assertThat(SANDBOX.trap(TestCall.of(wat))).isEqualTo(new Trap.PluginError(status, ""));
    }

    @Test
    void initialisers_run_first_and_only_those_that_should() {
        String state = "(global $state (mut i32) (i32.const 0))";
        String run = "(func (export \"run\") (call $number (i64.extend_i32_u (global.get $state))))";
        String sets =
                "(func (export \"%s\") %s (global.set $state (i32.add (i32.mul (global.get $state) (i32.const 10)) (i32.const %d))))";
        String start = sets.formatted("_start", "", 9);
        String reactor = sets.formatted("_initialize", "", 1);
        String constructors = sets.formatted("__wasm_call_ctors", "", 2);
        String haskell = sets.formatted("hs_init", "(param i32 i32)", 3);

        assertThat(number(TestCall.of(KernelModule.of(state + run + start)))).isZero();
        assertThat(number(TestCall.of(KernelModule.of(state + run + start + reactor))))
                .isEqualTo(1);
        assertThat(number(TestCall.of(KernelModule.of(state + run + reactor + constructors))))
                .isEqualTo(2);
        assertThat(number(TestCall.of(KernelModule.of(state + run + reactor + constructors + haskell))))
                .isEqualTo(13);
    }

    @Test
    void the_deadline_and_the_fuel_cover_initialisation() {
        String wat = KernelModule.of("(func (export \"_initialize\") (loop $l (br $l))) (func (export \"run\"))");

        assertThat(SANDBOX.trap(TestCall.of(wat)
                        .limits(limits -> limits.withFuel(new org.storysign.plugins.limits.Fuel(10_000)))))
                .isInstanceOf(Trap.OutOfFuel.class);
    }

    @Test
    void start_is_a_callable_export() {
        String wat = KernelModule.of("(func (export \"_start\") (call $give (call $hello)))");

        assertThat(text(TestCall.of(wat).export("_start"))).isEqualTo("hello");
    }

    @Test
    void configuration_is_found_by_its_key_and_what_is_missing_or_empty_is_zero() {
        Map<String, String> config = Map.of("hello", "grüße", "world!", "");

        assertThat(text(TestCall.of(KernelModule.running("(call $give (call $config_get (call $hello)))"))
                        .config(config)))
                .isEqualTo("grüße");
        assertThat(number(TestCall.of(KernelModule.running("(call $number (call $config_get (call $world)))"))
                        .config(config)))
                .isZero();
        assertThat(number("(call $config_get (call $hello))")).isZero();
    }

    @Test
    void a_key_is_freed_by_the_function_that_takes_it() {
        String code = """
                (local.set $a (call $hello))
                (drop (call $%s (local.get $a)))
                (call $number (call $length (local.get $a)))
                """;

        assertThat(number(TestCall.of(KernelModule.running(code.formatted("config_get")))))
                .isZero();
        assertThat(number(TestCall.of(KernelModule.running(code.formatted("var_get")))))
                .isZero();
    }

    @Test
    void a_variable_is_kept_and_removed_by_setting_it_to_zero() {
        String kept = "(call $var_set (call $hello) (call $world)) (call $give (call $var_get (call $hello)))";
        String removed = "(call $var_set (call $hello) (call $world)) (call $var_set (call $hello) (i64.const 0))"
                + " (call $number (call $var_get (call $hello)))";

        assertThat(text(kept)).isEqualTo("world!");
        assertThat(number(TestCall.of(KernelModule.running(removed)))).isZero();
    }

    @Test
    void variables_die_with_the_call() {
        String code = "(call $number (call $var_get (call $hello))) (call $var_set (call $hello) (call $world))";

        assertThat(number(TestCall.of(KernelModule.running(code)))).isZero();
        assertThat(number(TestCall.of(KernelModule.running(code)))).isZero();
    }

    @Test
    void kernel_blocks_and_guest_memory_share_one_budget() {
        String code = "(call $number (call $alloc (i64.const 100000)))";
        TestCall call = TestCall.of(KernelModule.running(code));

        assertThat(number(call.limits(limits -> limits.withMemory(new MemorySize(65_536 + 131_072)))))
                .isPositive();
        assertThat(number(call.limits(limits -> limits.withMemory(new MemorySize(65_536 + 100_000)))))
                .isZero();
    }

    @Test
    void variables_share_the_budget_too() {
        String flood = """
                (loop $more
                  (i32.store (i32.const 1024) (i32.add (i32.load (i32.const 1024)) (i32.const 1)))
                  (call $var_set (call $hello) (call $alloc (i64.const 4000)))
                  (br $more))
                """;

        CallResult result = SANDBOX.call(
                TestCall.of(KernelModule.running(flood)).limits(limits -> limits.withMemory(MemorySize.ofKiB(128))));

        assertThat(((CallResult.Trapped) result).trap()).isEqualTo(new Trap.MemoryExhausted(MemorySize.ofKiB(128)));
        assertThat(result.usage().peakMemory()).isGreaterThan(new MemorySize(131_072 - 4_053));
    }

    @Test
    void a_trap_after_the_kernel_refused_memory_is_memory_exhausted() {
        String code = "(drop (call $alloc (i64.const -1))) unreachable";

        assertThat(SANDBOX.trap(TestCall.of(KernelModule.running(code)))).isInstanceOf(Trap.MemoryExhausted.class);
    }

    @Test
    void a_reset_forgets_every_block_and_gives_the_memory_back() {
        String code = """
                (call $give (call $hello))
                (local.set $a (call $hello))
                (call $error_set (local.get $a))
                (call $reset)
                (call $number (i64.add (call $memory_bytes)
                  (i64.add (call $length (local.get $a)) (i64.add (call $error_get) (call $input_length)))))
                """;

        assertThat(number(TestCall.of(KernelModule.running(code)).input("input")))
                .isZero();
    }

    @Test
    void logged_lines_are_kept_with_their_level_and_their_blocks_are_freed() {
        String code = """
                (local.set $a (call $hello))
                (call $log_info (local.get $a))
                (call $log_error (call $world))
                (call $log_info (i64.const 12345))
                (call $number (i64.add (call $length (local.get $a)) (i64.extend_i32_u (call $get_log_level))))
                """;

        CallResult result = SANDBOX.call(TestCall.of(KernelModule.running(code)));

        assertThat(((CallResult.Returned) result).output()).containsOnly(0);
        assertThat(result.log())
                .containsExactly(new LogLine(LogLine.Level.INFO, "hello"), new LogLine(LogLine.Level.ERROR, "world!"));
    }

    @Test
    void a_log_over_its_limit_is_cut_with_a_marker() {
        String code = "(call $log_info (call $hello)) (call $log_info (call $hello))";

        CallResult result = SANDBOX.call(
                TestCall.of(KernelModule.running(code)).limits(limits -> limits.withLog(new MemorySize(30))));

        assertThat(result.log())
                .extracting(LogLine::text)
                .containsExactly("hello", "the log was cut here: its limit is 30 bytes");
    }

    @Test
    void a_trapped_call_keeps_its_log() {
        String code = "(call $log_info (call $hello)) unreachable";

        assertThat(SANDBOX.call(TestCall.of(KernelModule.running(code))).log())
                .containsExactly(new LogLine(LogLine.Level.INFO, "hello"));
    }

    @Test
    void a_platform_function_gets_the_block_and_gives_another() {
        HostFunction shout = UserFunctions.of(
                "shout",
                (call, input) -> new String(input, StandardCharsets.UTF_8)
                        .toUpperCase(java.util.Locale.ROOT)
                        .getBytes(StandardCharsets.UTF_8));
        String wat = KernelModule.with(
                "(import \"extism:host/user\" \"shout\" (func $shout (param i64) (result i64)))",
                "",
                "(func (export \"run\") (call $give (call $shout (call $hello))))"
                        + "(func (export \"nothing\") (call $number (call $shout (i64.const 999))))");

        assertThat(text(TestCall.of(wat).functions(shout))).isEqualTo("HELLO");
        assertThat(number(TestCall.of(wat).functions(shout).export("nothing"))).isZero();
        assertThat(SANDBOX.call(TestCall.of(wat).functions(shout)).usage().hostCalls())
                .isEqualTo(1);
    }

    @Test
    void a_call_costs_the_same_fuel_on_both_engines_with_host_functions_in_it() {
        TestCall call = TestCall.of(KernelModule.running("""
                (call $var_set (call $hello) (call $world))
                (call $give (call $var_get (call $hello)))
                """));

        assertThat(TestSandbox.on(Tiering.COMPILED).call(call).usage().fuel())
                .isEqualTo(SANDBOX.call(call).usage().fuel());
    }
}
