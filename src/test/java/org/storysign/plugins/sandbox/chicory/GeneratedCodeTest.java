package org.storysign.plugins.sandbox.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.compiler.Cache;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.kit.Kernels;
import org.storysign.plugins.kit.Modules;
import org.storysign.plugins.kit.TestCall;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.wasm.fuel.CostTable;
import org.storysign.plugins.wasm.fuel.FuelInstrumenter;
import org.storysign.plugins.wasm.fuel.MeteredModule;

/** A new version of the engine may generate other code, which would run as right and more slowly: these notice. */
class GeneratedCodeTest {

    private static final String SHADED = "CompiledMachineShaded";

    static Stream<String> kernels() {
        return Kernels.all().keySet().stream();
    }

    /** Keeps what the compiler generates. */
    private static final class Kept implements Cache {
        private byte @Nullable [] jar;

        @Override
        public byte @Nullable [] get(String digest) {
            return null;
        }

        @Override
        public void putIfAbsent(String digest, byte[] classes) throws IOException {
            jar = classes;
            throw new IOException("kept");
        }
    }

    private static byte[] generated(MeteredModule module) {
        Kept kept = new Kept();
        try {
            MachineFactoryCompiler.builder(Parser.parse(module.binary().toBytes()))
                    .withCache(kept)
                    .compile();
        } catch (ChicoryException expected) {
            assertThat(kept.jar).isNotNull();
        }
        return Objects.requireNonNull(kept.jar, "the compiler asked its cache");
    }

    private static List<ClassModel> classes(byte[] jar) {
        List<ClassModel> classes = new ArrayList<>();
        try (ZipInputStream entries = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().endsWith(".class")) {
                    classes.add(ClassFile.of().parse(entries.readAllBytes()));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return classes;
    }

    private static Stream<InvokeInstruction> calls(ClassModel type) {
        return type.methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .filter(InvokeInstruction.class::isInstance)
                .map(InvokeInstruction.class::cast);
    }

    private static MeteredModule metered(String wat) {
        return new FuelInstrumenter(CostTable.CURRENT).meter(Modules.scanned(Wat.assemble(wat), SecurityLevel.MINIMAL));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void no_access_to_a_global_takes_the_long_way(String kernel) {
        MeteredModule module = metered(String.valueOf(Kernels.all().get(kernel)));
        byte[] generated = generated(module);

        byte[] rewritten = GeneratedCode.rewritten(generated, OptionalInt.of(module.fuelGlobal()));

        assertThat(globals(generated)).isPositive();
        assertThat(globals(rewritten)).isZero();
    }

    private static long globals(byte[] jar) {
        return classes(jar).stream()
                .filter(type -> !type.thisClass().asInternalName().endsWith(SHADED))
                .flatMap(GeneratedCodeTest::calls)
                .filter(call -> call.name().stringValue().matches("(read|write)Global"))
                .count();
    }

    @Test
    void memory_is_reached_directly_and_nobody_asks_for_interrupts() {
        MeteredModule module =
                metered("(module (memory 1) (func (export \"run\") (i32.store (i32.const 0) (i32.const 1))))");
        byte[] generated = generated(module);

        ClassModel shaded = shaded(GeneratedCode.rewritten(generated, OptionalInt.empty()));

        assertThat(accesses(shaded(generated))).isGreaterThan(10);
        assertThat(accesses(shaded)).isZero();
        assertThat(calls(shaded).map(call -> call.name().stringValue())).doesNotContain("isInterrupted");
    }

    private static ClassModel shaded(byte[] jar) {
        return classes(jar).stream()
                .filter(type -> type.thisClass().asInternalName().endsWith(SHADED))
                .findFirst()
                .orElseThrow();
    }

    /** Loads and stores through the interface. */
    private static long accesses(ClassModel shaded) {
        String owner = Memory.class.getName().replace('.', '/');
        return shaded.methods().stream()
                .filter(method -> method.methodName().stringValue().matches("memory(Read|Write).*"))
                .map(MethodModel::code)
                .flatMap(Optional::stream)
                .flatMap(code -> code.elementStream())
                .filter(element -> element instanceof InvokeInstruction call
                        && call.owner().asInternalName().equals(owner))
                .count();
    }

    @Test
    void a_class_of_another_shape_stays_as_it_is() {
        byte[] other = ClassFile.of().build(ClassDesc.of("Other"), type -> {});

        assertThat(GeneratedAccess.rewritten(other)).isEmpty();
    }

    @Test
    void globals_of_every_type_keep_their_values() {
        String wat = """
                (module
                  (import "extism:host/env" "output_set" (func $output (param i64 i64)))
                  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
                  (import "extism:host/env" "store_u64" (func $store (param i64 i64)))
                  (memory 1)
                  (global $i (mut i32) (i32.const -7))
                  (global $l (mut i64) (i64.const 0x123456789abcdef0))
                  (global $f (mut f32) (f32.const -1.5))
                  (global $d (mut f64) (f64.const 1e300))
                  (global $c i32 (i32.const 42))
                  (func (export "run") (local $at i64)
                    (global.set $i (i32.add (global.get $i) (global.get $c)))
                    (global.set $l (i64.add (global.get $l) (i64.const 1)))
                    (global.set $f (f32.mul (global.get $f) (f32.const 2)))
                    (global.set $d (f64.mul (global.get $d) (f64.const 0.5)))
                    (local.set $at (call $alloc (i64.const 32)))
                    (call $store (local.get $at) (i64.extend_i32_s (global.get $i)))
                    (call $store (i64.add (local.get $at) (i64.const 8)) (global.get $l))
                    (call $store (i64.add (local.get $at) (i64.const 16)) (i64.extend_i32_u (i32.reinterpret_f32 (global.get $f))))
                    (call $store (i64.add (local.get $at) (i64.const 24)) (i64.reinterpret_f64 (global.get $d)))
                    (call $output (local.get $at) (i64.const 32))))
                """;

        for (Tiering tiering : List.of(Tiering.INTERPRETED, Tiering.COMPILED)) {
            for (int call = 0; call < 3; call++) {
                CallResult result = TestSandbox.on(tiering).call(TestCall.of(wat));
                assertThat(result).isInstanceOf(CallResult.Returned.class);
                ByteBuffer output =
                        ByteBuffer.wrap(((CallResult.Returned) result).output()).order(ByteOrder.LITTLE_ENDIAN);
                assertThat(output.getLong()).isEqualTo(35);
                assertThat(output.getLong()).isEqualTo(0x123456789abcdef1L);
                assertThat(Float.intBitsToFloat((int) output.getLong())).isEqualTo(-3);
                assertThat(Double.longBitsToDouble(output.getLong())).isEqualTo(5e299);
            }
        }
    }

    @Test
    void the_tests_run_on_rewritten_code() {
        assertThat(GeneratedAccess.isPossible()).isTrue();
    }
}
