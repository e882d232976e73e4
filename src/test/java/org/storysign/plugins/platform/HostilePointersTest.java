package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.kit.FakePlatform;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.chicory.Tiering;
import org.storysign.plugins.wasm.FunctionType;
import org.storysign.plugins.wasm.ImportedFunction;
import org.storysign.plugins.wasm.ValueType;

/**
 * A guest with every permission calls each function 100,000 times with whatever comes to its mind: any 64 bits, small numbers, places
 * inside of its blocks, blocks of any bytes and any length. It gets an answer each time, and nothing but answers.
 */
class HostilePointersTest {

    private static final int CALLS = 100_000;

    static Stream<PlatformFunction> functions() {
        return new FakePlatform().functions().stream();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void any_pointer_gets_an_answer(PlatformFunction function) {
        CallContext context = new CallContext(
                TenantId.DEFAULT, Optional.of(new UserId("ada")), new PluginId("notes"), InvocationId.random(), 0);

        CallResult result = TestSandbox.on(Tiering.COMPILED)
                .call(TestCall.of(guest(function.name()))
                        .functions(linked(function))
                        .context(context)
                        .limits(standard -> SecurityLevel.MINIMAL
                                .limits()
                                .withHostCalls(CALLS)
                                .withFuel(Fuel.LARGEST)
                                .withRunTime(Duration.ofMinutes(10))));

        assertThat(result).isInstanceOfSatisfying(CallResult.Returned.class, returned -> {
            ByteBuffer counts = ByteBuffer.wrap(returned.output()).order(ByteOrder.LITTLE_ENDIAN);
            long served = counts.getLong();
            long refused = counts.getLong();
            assertThat(served + refused).isEqualTo(CALLS);
            assertThat(refused).isGreaterThan(CALLS * 9L / 10);
        });
    }

    private static HostFunction[] linked(PlatformFunction function) {
        ServiceTerms ample = new ServiceTerms(Duration.ofMinutes(1), 8, CALLS, 10L * CALLS);
        Map<PlatformService, ServiceTerms> terms = new EnumMap<>(PlatformService.class);
        EnumSet.allOf(PlatformService.class).forEach(service -> terms.put(service, ample));
        PlatformGate gate = new PlatformGate(
                List.of(function), new GateKeeping(terms, QuotaLedger.UNLIMITED, new TestClock(), GateListener.NONE));
        Grants everything =
                new Grants(EnumSet.complementOf(EnumSet.of(PermissionName.NETWORK_ACCESS)), Set.of(), Set.of());
        PlatformTerms all = new PlatformTerms(
                TenantId.DEFAULT, new PluginId("notes"), "1.0.0", List.of(), everything, SecurityLevel.MINIMAL.data());
        FunctionType type = FunctionType.of(List.of(ValueType.I64), List.of(ValueType.I64));
        return gate.link(all, List.of(new ImportedFunction("extism:host/user", function.name(), type)))
                .toArray(HostFunction[]::new);
    }

    /** Counts answers that begin with {"o and with {"e; stops when one begins otherwise. */
    private static String guest(String function) {
        return """
                (module
                  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
                  (import "extism:host/env" "free" (func $free (param i64)))
                  (import "extism:host/env" "store_u64" (func $store (param i64 i64)))
                  (import "extism:host/env" "load_u8" (func $load (param i64) (result i32)))
                  (import "extism:host/env" "output_set" (func $output (param i64 i64)))
                  (import "extism:host/user" "%s" (func $platform (param i64) (result i64)))
                  (memory (export "memory") 1)
                  (global $random (mut i64) (i64.const 88172645463325252))
                  (global $served (mut i64) (i64.const 0))
                  (global $refused (mut i64) (i64.const 0))
                  (func $next (result i64)
                    (global.set $random (i64.xor (global.get $random) (i64.shl (global.get $random) (i64.const 13))))
                    (global.set $random (i64.xor (global.get $random) (i64.shr_u (global.get $random) (i64.const 7))))
                    (global.set $random (i64.xor (global.get $random) (i64.shl (global.get $random) (i64.const 17))))
                    (global.get $random))
                  (func $try (param $pointer i64)
                    (local $answer i64) (local $letter i32)
                    (local.set $answer (call $platform (local.get $pointer)))
                    (local.set $letter (call $load (i64.add (local.get $answer) (i64.const 2))))
                    (if (i32.eq (local.get $letter) (i32.const 111))
                      (then (global.set $served (i64.add (global.get $served) (i64.const 1))))
                      (else
                        (if (i32.ne (local.get $letter) (i32.const 101)) (then unreachable))
                        (global.set $refused (i64.add (global.get $refused) (i64.const 1)))))
                    (call $free (local.get $answer)))
                  (func (export "run")
                    (local $left i32) (local $block i64) (local $kind i64)
                    (local.set $left (i32.const %d))
                    (loop $again
                      (local.set $block (call $alloc (i64.add (i64.const 8) (i64.and (call $next) (i64.const 1023)))))
                      (call $store (local.get $block) (call $next))
                      (local.set $kind (i64.and (call $next) (i64.const 3)))
                      (if (i64.eqz (local.get $kind)) (then (call $try (call $next))))
                      (if (i64.eq (local.get $kind) (i64.const 1)) (then (call $try (i64.and (call $next) (i64.const 65535)))))
                      (if (i64.eq (local.get $kind) (i64.const 2))
                        (then (call $try (i64.add (local.get $block) (i64.sub (i64.and (call $next) (i64.const 31)) (i64.const 15))))))
                      (if (i64.eq (local.get $kind) (i64.const 3)) (then (call $try (local.get $block))))
                      (call $free (local.get $block))
                      (br_if $again (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
                    (local.set $block (call $alloc (i64.const 16)))
                    (call $store (local.get $block) (global.get $served))
                    (call $store (i64.add (local.get $block) (i64.const 8)) (global.get $refused))
                    (call $output (local.get $block) (i64.const 16))))
                """.formatted(function, CALLS);
    }
}
