package org.storysign.plugins.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.LogLine;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** Handles that name no block, in every function that takes one: they are as an empty block, and free nothing. */
class PoisonedHandleTest {

    private static final TestSandbox SANDBOX = TestSandbox.on(Tiering.INTERPRETED);

    private static final String IMPORTS = """
            (import "extism:host/user" "size" (func $size (param i64) (result i64)))
            (import "extism:host/env" "log_trace" (func $log_trace (param i64)))
            (import "extism:host/env" "log_debug" (func $log_debug (param i64)))
            (import "extism:host/env" "log_warn" (func $log_warn (param i64)))
            """;

    /** Says how many bytes it got. */
    private static final HostFunction SIZE =
            UserFunctions.of("size", (call, input) -> new byte[input.length == 0 ? 0 : 1]);

    /** A handle that names no block: $a is one that lives, $b one that was freed. */
    private static final String[] POISONED = {
        "(local.get $b)",
        "(i64.add (local.get $a) (i64.const 1))",
        "(i64.const 0)",
        "(i64.const -1)",
        "(i64.const 1)",
        "(i64.const 0x7fffffffffffffff)",
        "(i64.const 0x8000000000000000)"
    };

    /** Uses of a handle: each leaves a number, what an empty block gives. */
    private static final Map<String, String> USES = Map.ofEntries(
            Map.entry("length", "(call $length %s)"),
            Map.entry("length_unsafe", "(call $length_unsafe %s)"),
            Map.entry("config_get", "(call $config_get %s)"),
            Map.entry("var_get", "(call $var_get %s)"),
            Map.entry("a platform function", "(call $size %s)"),
            Map.entry(
                    "var_set's value", "(call $var_set (call $world) %s) (call $length (call $var_get (call $world)))"),
            Map.entry("free", "(call $free %s) (i64.const 0)"),
            Map.entry("log_trace", "(call $log_trace %s) (i64.const 0)"),
            Map.entry("log_debug", "(call $log_debug %s) (i64.const 0)"),
            Map.entry("log_info", "(call $log_info %s) (i64.const 0)"),
            Map.entry("log_warn", "(call $log_warn %s) (i64.const 0)"),
            Map.entry("log_error", "(call $log_error %s) (i64.const 0)"));

    static Stream<Arguments> uses() {
        return USES.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(use -> Stream.of(POISONED).map(handle -> Arguments.of(use, handle)));
    }

    private static TestCall running(String code) {
        return TestCall.of(KernelModule.with(
                        IMPORTS,
                        "",
                        "(func (export \"run\") (local $a i64) (local $b i64) (local $n i64) " + code + ")"))
                .functions(SIZE);
    }

    private static long number(CallResult result) {
        return ByteBuffer.wrap(((CallResult.Returned) result).output())
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("uses")
    void a_handle_that_names_no_block_is_as_an_empty_one_and_the_living_stay(
            Map.Entry<String, String> use, String handle) {
        String code = """
                (local.set $a (call $hello))
                (local.set $b (call $world))
                (call $free (local.get $b))
                (local.set $n (block (result i64) %s))
                (call $number (i64.add (i64.mul (local.get $n) (i64.const 100)) (call $length (local.get $a))))
                """.formatted(use.getValue().formatted(handle));

        CallResult result = SANDBOX.call(running(code));

        assertThat(number(result)).isEqualTo(5);
        assertThat(result.log()).isEmpty();
    }

    static Stream<String> poisoned() {
        return Stream.of(POISONED);
    }

    @ParameterizedTest
    @MethodSource("poisoned")
    void an_error_that_names_no_block_is_none(String handle) {
        String code = """
                (local.set $a (call $hello))
                (local.set $b (call $world))
                (call $give (local.get $a))
                (call $free (local.get $b))
                (call $error_set %s)
                """.formatted(handle);

        assertThat(SANDBOX.output(running(code))).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({"log_trace, TRACE", "log_debug, DEBUG", "log_info, INFO", "log_warn, WARN", "log_error, ERROR"})
    void each_level_logs_under_its_name_and_frees_its_block(String function, LogLine.Level level) {
        String code = """
                (local.set $a (call $hello))
                (call $%s (local.get $a))
                (call $number (call $length (local.get $a)))
                """.formatted(function);

        CallResult result = SANDBOX.call(running(code));

        assertThat(number(result)).isZero();
        assertThat(result.log()).containsExactly(new LogLine(level, "hello"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "var_set|(call $var_set (local.get $a) (local.get $b))",
                "http_request|(drop (call $http_request (local.get $a) (local.get $b)))"
            })
    void both_blocks_of_a_function_that_takes_two_are_freed(String name, String use) {
        String json = "{\\22url\\22: \\22https://a.example/\\22}";
        String code = """
                (local.set $a (call $put (i32.const 1100) (i32.const 29)))
                (local.set $b (call $world))
                %s
                (call $number (i64.add (call $length (local.get $a)) (call $length (local.get $b))))
                """.formatted(use);
        HttpAccess answers = (request, body, timeLeft) -> new HttpAccess.Response(200, Map.of(), new byte[0]);
        String wat = KernelModule.with("", json, "(func (export \"run\") (local $a i64) (local $b i64) " + code + ")");

        CallResult result = SANDBOX.call(TestCall.of(wat).http(answers));

        assertThat(number(result)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"(i64.const 0)", "(i64.const -1)", "(i64.const 12345)"})
    void a_request_without_a_block_is_no_request(String handle) {
        TestCall call = running("(drop (call $http_request %s (i64.const 0)))".formatted(handle));

        assertThat(SANDBOX.trap(call)).isInstanceOf(Trap.HttpFailed.class);
    }
}
