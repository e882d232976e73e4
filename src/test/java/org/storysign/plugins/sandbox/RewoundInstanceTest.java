package org.storysign.plugins.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.abi.ExtismKernel;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.chicory.ChicoryEngine;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;

/** A call without a pool finds nothing of the calls before it, although it may get the instance they had. */
@Timeout(120)
class RewoundInstanceTest {

    /** {@code write_X} changes one kind of state, {@code see_X} tells what it finds there. */
    private static final String STATE = """
            (module
              (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
              (import "extism:host/env" "length" (func $length (param i64) (result i64)))
              (import "extism:host/env" "store_u64" (func $store (param i64 i64)))
              (import "extism:host/env" "output_set" (func $output (param i64 i64)))
              (import "extism:host/env" "var_get" (func $var_get (param i64) (result i64)))
              (import "extism:host/env" "var_set" (func $var_set (param i64 i64)))
              (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory 1)
              (table 2 funcref)
              (elem (i32.const 0) $one $two)
              (data (i32.const 100) "first")
              (data $passive "passive")
              (global $number (mut i64) (i64.const 5))
              (global $float (mut f32) (f32.const 1.5))
              (type $gives (func (result i64)))
              (func $one (result i64) (i64.const 1))
              (func $two (result i64) (i64.const 2))
              (func $give (param $value i64) (local $block i64)
                (local.set $block (call $alloc (i64.const 8)))
                (call $store (local.get $block) (local.get $value))
                (call $output (local.get $block) (i64.const 8)))
              (func $load (param $at i32) (call $give (i64.load (local.get $at))))
              (func $key (result i64) (local $block i64)
                (local.set $block (call $alloc (i64.const 8)))
                (call $store (local.get $block) (i64.const 7))
                (local.get $block))
              (func (export "write_memory") (i32.store8 (i32.const 5000) (i32.const 9)))
              (func (export "see_memory") (call $load (i32.const 5000)))
              (func (export "write_edge") (i64.store (i32.const 8188) (i64.const -1)))
              (func (export "see_edge") (call $load (i32.const 8192)))
              (func (export "write_data") (i32.store16 (i32.const 102) (i32.const 0)))
              (func (export "see_data") (call $load (i32.const 100)))
              (func (export "write_fill") (memory.fill (i32.const 9000) (i32.const 1) (i32.const 9000)))
              (func (export "see_fill") (call $load (i32.const 17990)))
              (func (export "write_copy") (memory.copy (i32.const 28670) (i32.const 100) (i32.const 5)))
              (func (export "see_copy") (call $load (i32.const 28672)))
              (func (export "write_host") (drop (call $random (i32.const 40000) (i32.const 64))))
              (func (export "see_host") (call $load (i32.const 40050)))
              (func (export "write_size") (drop (memory.grow (i32.const 3))))
              (func (export "see_size") (call $give (i64.extend_i32_u (memory.size))))
              (func (export "write_grown") (drop (memory.grow (i32.const 3))) (f64.store (i32.const 200000) (f64.const 2)))
              (func (export "see_grown") (drop (memory.grow (i32.const 3))) (call $load (i32.const 200000)))
              (func (export "write_number") (global.set $number (i64.const 6)))
              (func (export "see_number") (call $give (global.get $number)))
              (func (export "write_float") (global.set $float (f32.const 2)))
              (func (export "see_float") (call $give (i64.extend_i32_u (i32.reinterpret_f32 (global.get $float)))))
              (func (export "write_table") (table.set (i32.const 0) (table.get (i32.const 1))))
              (func (export "see_table") (call $give (call_indirect (type $gives) (i32.const 0))))
              (func (export "write_segment") (data.drop $passive))
              (func (export "see_segment")
                (memory.init $passive (i32.const 300) (i32.const 0) (i32.const 7)) (call $load (i32.const 300)))
              (func (export "write_variable") (call $var_set (call $key) (call $key)))
              (func (export "see_variable") (call $give (call $length (call $var_get (call $key)))))
              (func (export "traps") (i32.store (i32.const 5000) (i32.const 9)) unreachable)
              (func (export "fails") (result i32) (i32.const 1))
              (func (export "exits") (call $exit (i32.const 0)))
              (func (export "large") (drop (memory.grow (i32.const 80)))))
            """;

    private static final String BEGINS_BY_ITSELF =
            "(module (memory 1) (start $s) (func $s (i32.store (i32.const 0) (i32.const 1))) (func (export \"run\")))";

    private static final String HOLDS_A_REFERENCE =
            "(module (global (mut funcref) (ref.null func)) (func (export \"run\")))";

    private static final SandboxConfig CONFIG =
            SandboxConfig.ofThisMachine().withProcessors(2).withMemoryPatience(Duration.ZERO);

    private final ChicoryEngine engine = new ChicoryEngine(Tiering.INTERPRETED);
    private final Sandbox sandbox = new Sandbox(CONFIG, new ExtismKernel());

    @AfterEach
    void close() {
        sandbox.close();
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memory",
                "edge",
                "data",
                "fill",
                "copy",
                "host",
                "size",
                "grown",
                "number",
                "float",
                "table",
                "segment",
                "variable"
            })
    void a_call_finds_nothing_that_the_call_before_it_wrote(String state) {
        for (Tiering tiering : new Tiering[] {Tiering.INTERPRETED, Tiering.COMPILED}) {
            try (ChicoryEngine either = new ChicoryEngine(tiering);
                    CompiledModule module = compiled(either, STATE);
                    CompiledModule another = compiled(either, STATE)) {
                call(module, "write_" + state);
                int rewound = sandbox.newInstances();
                CallResult seen = call(module, "see_" + state);

                assertThat(rewound).isEqualTo(1);
                assertAlike(seen, call(another, "see_" + state));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "memory", "edge", "data", "fill", "copy", "host", "size", "grown", "number", "float", "table", "segment"
            })
    void were_nothing_rewound_the_next_call_would_find_it(String state) {
        try (ForgetfulModule module = new ForgetfulModule(compiled(engine, STATE));
                CompiledModule another = compiled(engine, STATE)) {
            call(module, "write_" + state);
            CallResult seen = call(module, "see_" + state);

            CallResult expected = call(another, "see_" + state);
            assertThat(seen instanceof CallResult.Returned returned
                            && Arrays.equals(returned.output(), output(expected)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"see_memory, 1", "write_variable, 1", "traps, 0", "fails, 0", "exits, 0", "large, 0"})
    void only_what_ended_well_and_small_is_kept(String export, int kept) {
        try (CompiledModule module = compiled(engine, STATE)) {
            call(module, export);

            assertThat(sandbox.newInstances()).isEqualTo(kept);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {BEGINS_BY_ITSELF, HOLDS_A_REFERENCE})
    void what_cannot_be_made_as_new_is_thrown_away(String module) {
        try (CompiledModule compiled = compiled(engine, module)) {
            CallResult result = call(compiled, "run");

            assertThat(result).isInstanceOf(CallResult.Returned.class);
            assertThat(sandbox.newInstances()).isZero();
        }
    }

    @Test
    void an_instance_never_serves_another_plugin() {
        try (CompiledModule module = compiled(engine, STATE)) {
            call(sandbox, TestCall.of(STATE).export("see_memory").request(module));
            call(
                    sandbox,
                    TestCall.of(STATE)
                            .export("see_memory")
                            .plugin("another-plugin")
                            .request(module));

            assertThat(sandbox.newInstances()).isEqualTo(2);
        }
    }

    @Test
    void instances_go_with_their_module() {
        CompiledModule module = compiled(engine, STATE);
        call(module, "see_memory");

        module.close();

        assertThat(sandbox.newInstances()).isZero();
    }

    @Test
    void rewound_instances_make_room_for_calls() {
        Sandbox small = new Sandbox(CONFIG.withMemory(MemorySize.ofKiB(128)), new ExtismKernel());
        try (CompiledModule module = compiled(engine, STATE)) {
            call(small, TestCall.of(STATE).export("see_memory").request(module));
            CallResult other = call(
                    small,
                    TestCall.of(STATE)
                            .export("see_memory")
                            .plugin("another-plugin")
                            .request(module));

            assertThat(other).isInstanceOf(CallResult.Returned.class);
            assertThat(small.newInstances()).isEqualTo(1);
        } finally {
            small.close();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Tiering.class,
            names = {"INTERPRETED", "COMPILED"})
    void a_real_plugin_gives_and_costs_the_same_each_time(Tiering tiering) throws IOException {
        byte[] plugin = Files.readAllBytes(Path.of("wasm-plugins", "profanity-filter", "plugin.wasm"));
        String story = "{\"type\":\"filter\",\"target\":\"t\",\"user_id\":\"u\",\"result\":\"The darn frog of %s\"}";
        try (ChicoryEngine either = new ChicoryEngine(tiering);
                CompiledModule module = compiled(either, plugin)) {
            CallRequest request = TestCall.of("")
                    .export("filter_story")
                    .input(story.formatted("heck").getBytes(StandardCharsets.UTF_8))
                    .request(module);
            CallRequest other = TestCall.of("")
                    .export("filter_story")
                    .input(story.formatted("a log".repeat(500)).getBytes(StandardCharsets.UTF_8))
                    .request(module);
            CallResult first = call(sandbox, request);
            for (int repetition = 0; repetition < 20; repetition++) {
                call(sandbox, other);
                assertAlike(call(sandbox, request), first);
            }
            assertThat(sandbox.newInstances()).isEqualTo(1);
        }
    }

    private static void assertAlike(CallResult seen, CallResult expected) {
        assertThat(output(seen)).isEqualTo(output(expected));
        assertThat(seen.usage().fuel()).isEqualTo(expected.usage().fuel());
        assertThat(seen.usage().peakMemory()).isEqualTo(expected.usage().peakMemory());
        assertThat(seen.usage().hostCalls()).isEqualTo(expected.usage().hostCalls());
    }

    private static byte[] output(CallResult result) {
        return ((CallResult.Returned) result).output();
    }

    private CallResult call(CompiledModule module, String export) {
        return call(sandbox, TestCall.of(STATE).export(export).request(module));
    }

    private static CallResult call(Sandbox sandbox, CallRequest request) {
        return sandbox.submit(request.context().tenant(), request.context().plugin(), () -> sandbox.call(request))
                .join();
    }

    private static CompiledModule compiled(ChicoryEngine engine, String wat) {
        return compiled(engine, Wat.assemble(wat));
    }

    private static CompiledModule compiled(ChicoryEngine engine, byte[] module) {
        return engine.compile(
                new FuelInstrumenter(CostTable.CURRENT).meter(Modules.scanned(module, SecurityLevel.MINIMAL)));
    }
}
