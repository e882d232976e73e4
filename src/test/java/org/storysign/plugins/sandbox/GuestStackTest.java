package org.storysign.plugins.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.abi.UserFunctions;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.kit.WasmBytes;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** A guest that is stopped is told to its author by the names of its functions, the same on the interpreter and the compiler. */
class GuestStackTest {

    /** {@code run} calls {@code middle} directly, that calls {@code leaf} through a table; imports stand before them. */
    private static final String AROUND = """
            (module
              (import "extism:host/user" "ask" (func $ask (param i64) (result i64)))
              (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
              (type $none (func))
              (memory 1)
              (table 2 2 funcref)
              (elem (i32.const 0) $leaf)
              (func $leaf %s)
              (func $middle (call_indirect (type $none) (i32.const 0)))
              (func $run (export "run") (call $middle)))
            """;

    private static final String[] NAMES = {"ask", "alloc", "leaf", "middle", "run"};

    private static final HostFunction ASK = UserFunctions.of("ask", (call, input) -> input);

    /** More than the JVM can hold as one method. */
    private static final String LARGE = "(local.set 0 (i32.add (local.get 0) (i32.const 1)))".repeat(20_000);

    /** So that a loop takes no second. */
    private static final Fuel LITTLE = new Fuel(100_000);

    private static final HostFunction DENIED = UserFunctions.of("ask", (call, input) -> {
        throw new TrapException(new Trap.HttpDenied("was denied"));
    });

    private static CallResult.Trapped trapped(Tiering engine, TestCall call, String... names) {
        return (CallResult.Trapped) TestSandbox.on(engine).call(call, Wat.named(call.wat(), names));
    }

    static Stream<Arguments> stops() {
        return Stream.of(
                        Arguments.of("aborted (unreachable)", "unreachable"),
                        Arguments.of("reached outside its memory", "(drop (i32.load (i32.const 65533)))"),
                        Arguments.of(
                                "reached outside its memory",
                                "(memory.fill (i32.const 65535) (i32.const 0) (i32.const 2))"),
                        Arguments.of("divided an integer by zero", "(drop (i32.div_s (i32.const 1) (i32.const 0)))"),
                        Arguments.of("reached outside a table", "(call_indirect (type $none) (i32.const 9))"),
                        Arguments.of(
                                "called a function through a table by the wrong type or where there is none",
                                "(call_indirect (type $none) (i32.const 1))"),
                        Arguments.of("used up its fuel of 100000 units", "(loop $l (br $l))"),
                        Arguments.of(
                                "used up its fuel of 100000 units",
                                "(loop $l (drop (call $alloc (i64.const 8))) (br $l))"),
                        Arguments.of(
                                "made more than its 3 host calls",
                                "(loop $l (drop (call $ask (i64.const 0))) (br $l))"))
                .flatMap(each -> Stream.of(Tiering.INTERPRETED, Tiering.COMPILED)
                        .map(engine -> Arguments.of(each.get()[0], engine, each.get()[1])));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("stops")
    void a_stopped_guest_says_in_which_functions_it_was(String message, Tiering engine, String code) {
        TestCall call = TestCall.of(AROUND.formatted(code))
                .functions(ASK)
                .limits(limits -> limits.withFuel(LITTLE).withHostCalls(3));

        CallResult.Trapped trapped = trapped(engine, call, NAMES);

        assertThat(trapped.stack().functions()).containsExactly("`leaf`", "`middle`", "`run`");
        assertThat(trapped.message()).isEqualTo(message + ", in `leaf`");
    }

    @ParameterizedTest
    @EnumSource(
            value = Tiering.class,
            names = {"INTERPRETED", "COMPILED"})
    void a_guest_stopped_by_a_host_function_is_in_the_function_that_called_it(Tiering engine) {
        TestCall call = TestCall.of(AROUND.formatted("(drop (call $ask (i64.const 0)))"))
                .functions(DENIED);

        CallResult.Trapped trapped = trapped(engine, call, NAMES);

        assertThat(trapped.stack().functions()).containsExactly("`leaf`", "`middle`", "`run`");
        assertThat(trapped.message()).isEqualTo("was denied, in `leaf`");
    }

    @ParameterizedTest
    @EnumSource(
            value = Tiering.class,
            names = {"INTERPRETED", "COMPILED"})
    void a_deep_stack_is_told_by_its_innermost_functions(Tiering engine) {
        String recursion = "(module (func $down (call $down)) (func $run (export \"run\") (call $down)))";

        CallResult.Trapped trapped = trapped(engine, TestCall.of(recursion), "down", "run");

        assertThat(trapped.trap()).isInstanceOf(Trap.StackExhausted.class);
        assertThat(trapped.stack().functions()).isEqualTo(Collections.nCopies(GuestStack.MOST, "`down`"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Tiering.class,
            names = {"INTERPRETED", "COMPILED"})
    void functions_without_a_name_are_told_by_the_index_their_author_knows(Tiering engine) {
        String nameless = """
                (module
                  (import "extism:host/env" "error_get" (func (result i64)))
                  (func (export "run") (call 2))
                  (func unreachable))
                """;

        CallResult.Trapped trapped = trapped(engine, TestCall.of(nameless));

        assertThat(trapped.stack().functions()).containsExactly("function 2", "function 1");
    }

    @ParameterizedTest
    @EnumSource(
            value = Tiering.class,
            names = {"INTERPRETED", "COMPILED"})
    void a_start_section_and_an_initialiser_have_their_place_too(Tiering engine) {
        String starts = "(module (func $early unreachable) (start $early) (func (export \"run\")))";
        String initialises = "(module (func $first (export \"_initialize\") unreachable) (func (export \"run\")))";

        CallResult.Trapped start = trapped(engine, TestCall.of(starts), "early");
        CallResult.Trapped initialiser = trapped(engine, TestCall.of(initialises), "first");

        assertThat(start.stack().functions()).containsExactly("`early`");
        assertThat(initialiser.stack().functions()).containsExactly("`first`");
    }

    @ParameterizedTest
    @EnumSource(
            value = Tiering.class,
            names = {"INTERPRETED", "COMPILED"})
    void a_plugin_that_says_itself_that_it_failed_was_stopped_nowhere(Tiering engine) {
        String returns = "(module (func (export \"run\") (result i32) (i32.const 7)))";
        String exits = """
                (module
                  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
                  (func (export "run") (call $exit (i32.const 7))))
                """;

        List<CallResult> results = Stream.of(returns, exits)
                .map(wat -> TestSandbox.on(engine).call(TestCall.of(wat)))
                .toList();

        assertThat(results)
                .allSatisfy(result ->
                        assertThat(((CallResult.Trapped) result).stack()).isEqualTo(GuestStack.NONE))
                .extracting(result -> ((CallResult.Trapped) result).message())
                .containsOnly("returned 7");
    }

    @Test
    void a_function_too_large_to_compile_is_known_by_its_name_too_when_compiled_code_calls_it() {
        String wat = """
                (module
                  (func $leaf unreachable)
                  (func $large (local i32) %s (call $leaf))
                  (func $run (export "run") (call $large)))
                """.formatted(LARGE);

        CallResult.Trapped compiled = trapped(Tiering.COMPILED, TestCall.of(wat), "leaf", "large", "run");

        assertThat(compiled.stack().functions()).containsExactly("`leaf`", "`large`", "`run`");
    }

    @Test
    void a_function_too_large_to_compile_that_another_one_calls_is_told_without_its_name() {
        String wat = """
                (module
                  (func $leaf unreachable)
                  (func $large (local i32) %1$s (call $leaf))
                  (func $larger (local i32) %1$s (call $large))
                  (func $run (export "run") (call $larger)))
                """.formatted(LARGE);
        String[] names = {"leaf", "large", "larger", "run"};

        CallResult.Trapped compiled = trapped(Tiering.COMPILED, TestCall.of(wat), names);
        CallResult.Trapped interpreted = trapped(Tiering.INTERPRETED, TestCall.of(wat), names);

        assertThat(compiled.stack().functions())
                .containsExactly("`leaf`", "a function too large to compile", "`larger`", "`run`");
        assertThat(interpreted.stack().functions()).containsExactly("`leaf`", "`large`", "`larger`", "`run`");
    }

    @Test
    void a_hostile_name_is_quoted_and_cut() {
        String wat = "(module (func $leaf unreachable) (func (export \"run\") (call $leaf)))";
        String forging = "a`\n{\"code\": \u202e" + "x".repeat(1_000);

        CallResult.Trapped trapped = trapped(Tiering.INTERPRETED, TestCall.of(wat), forging, "");

        assertThat(trapped.stack().functions())
                .containsExactly("`a\\u0060\\u000a{\"code\": \\u202e" + "x".repeat(200 - 13) + "…`", "function 1");
    }

    @Test
    void a_broken_name_section_is_ignored() {
        String wat = "(module (func $leaf unreachable) (func (export \"run\") (call $leaf)))";
        byte[] declaresTooMany = new WasmBytes()
                .bytes(Wat.assemble(wat))
                .bytes(0)
                .sized(new WasmBytes().name("name").bytes(1).sized(new WasmBytes().u32(0x7FFF_FFFFL)))
                .toBytes();

        CallResult result = TestSandbox.on(Tiering.COMPILED).call(TestCall.of(wat), declaresTooMany);

        assertThat(((CallResult.Trapped) result).stack().functions()).containsExactly("function 0", "function 1");
    }

    @Test
    void memory_that_was_refused_is_told_where_the_guest_broke_on_it() {
        TestCall call = TestCall.of(AROUND.formatted("(drop (memory.grow (i32.const 9000))) unreachable"))
                .functions(ASK)
                .limits(limits -> limits.withMemory(MemorySize.ofMiB(1)));

        CallResult.Trapped trapped = trapped(Tiering.COMPILED, call, NAMES);

        assertThat(trapped.message()).isEqualTo("used up its memory of 1 MiB, in `leaf`");
    }
}
