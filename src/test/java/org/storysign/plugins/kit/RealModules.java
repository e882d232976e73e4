package org.storysign.plugins.kit;

import static org.storysign.plugins.kit.ModuleBuilder.END;
import static org.storysign.plugins.kit.ModuleBuilder.I32;
import static org.storysign.plugins.kit.ModuleBuilder.I64;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Modules that have, instruction by instruction, what today's compilers emit by default. All are accepted. */
public final class RealModules {

    /** As LLVM and its linker write: call_indirect with its table padded to five bytes, padded counts, names, producers. */
    public static final byte[] LLVM_LIKE = new ModuleBuilder()
            .type(List.of(I64), List.of(I64))
            .type(List.of(I32), List.of(I32))
            .type(List.of(), List.of())
            .importFunction("extism:host/env", "alloc", 0)
            .function(1, WasmBytes.of(0x20, 0, 0x20, 0, 0x6C, END))
            .function(
                    2, WasmBytes.of(0x41, 7, 0x41, 1, 0x11).padded(1).padded(0).bytes(0x1A, END))
            .entry(4, WasmBytes.of(0x70, 1, 2, 2))
            .memory(2)
            .entry(6, WasmBytes.of(I32, 1, 0x41, 0x80, 0x80, 4, END))
            .export("memory", 2, 0)
            .export("__stack_pointer", 3, 0)
            .export("run", 0, 2)
            .entry(9, WasmBytes.of(0, 0x41, 1, END, 1, 1))
            .entry(11, WasmBytes.of(0, 0x41, 0x80, 8, END).name("hello"))
            .custom(
                    "name",
                    WasmBytes.of(1)
                            .sized(WasmBytes.of(2, 1).name("square").bytes(2).name("run")))
            .custom(
                    "producers",
                    WasmBytes.of(1).name("language").bytes(1).name("Rust").name("1.95.0"))
            .custom(
                    "target_features",
                    WasmBytes.of(2, '+').name("bulk-memory").bytes('+').name("sign-ext"))
            .toBytes();

    private static final byte[] BULK_MEMORY = Wat.assemble("""
            (module (memory (export "memory") 1)
              (data $text "hello")
              (func (export "run") (param i32)
                (memory.fill (i32.const 0) (i32.const 1) (local.get 0))
                (memory.copy (i32.const 8) (i32.const 0) (local.get 0))
                (memory.init $text (i32.const 16) (i32.const 0) (i32.const 5))
                (data.drop $text)))
            """);

    private static final byte[] NUMBERS = Wat.assemble("""
            (module
              (func (export "narrow") (param f64) (result i32) (i32.trunc_sat_f64_s (local.get 0)))
              (func (export "wide") (param f32) (result i64) (i64.trunc_sat_f32_u (local.get 0)))
              (func (export "sign") (param i32) (result i64)
                (i64.extend32_s (i64.extend_i32_u (i32.extend8_s (i32.extend16_s (local.get 0))))))
              (func (export "floats") (param f32 f64) (result f64)
                (f64.add (f64.promote_f32 (f32.sqrt (local.get 0))) (f64.const 0.5))))
            """);

    private static final byte[] MULTI_VALUE = Wat.assemble("""
            (module
              (func $swap (param i32 i64) (result i64 i32) (local.get 1) (local.get 0))
              (func (export "run") (result i32) (local i32)
                (call $swap (i32.const 1) (i64.const 2))
                (local.set 0)
                (block (param i64) (result i32) (i32.wrap_i64))
                (drop) (local.get 0)))
            """);

    private static final byte[] CONTROL = Wat.assemble("""
            (module (memory 1) (table 3 funcref) (elem (i32.const 0) $even $odd)
              (global $count (mut i32) (i32.const 0))
              (type $test (func (param i32) (result i32)))
              (func $even (type $test)
                (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 1))
                  (else (call $odd (i32.sub (local.get 0) (i32.const 1))))))
              (func $odd (type $test)
                (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 0))
                  (else (call $even (i32.sub (local.get 0) (i32.const 1))))))
              (func (export "run") (param i32) (result i32)
                (block $default (block $one (block $zero
                  (br_table $zero $one $default (local.get 0)))
                  (global.set $count (i32.const 1)) (br $default))
                  (loop $again
                    (global.set $count (i32.add (global.get $count) (i32.const 1)))
                    (br_if $again (i32.lt_u (global.get $count) (i32.const 10)))))
                (call_indirect (type $test) (global.get $count) (i32.and (local.get 0) (i32.const 1)))))
            """);

    private static final byte[] REFERENCES = Wat.assemble("""
            (module (table $t 4 externref)
              (func (export "put") (param i32 externref) (table.set $t (local.get 0) (local.get 1)))
              (func (export "isNull") (param i32) (result i32) (ref.is_null (table.get $t (local.get 0))))
              (func (export "size") (result i32) (table.size $t))
              (func (export "none") (result externref) (ref.null extern)))
            """);

    private static final byte[] WASI_COMMAND = Wat.assemble("""
            (module
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 1)
              (data (i32.const 0) "\\08\\00\\00\\00\\03\\00\\00\\00ok\\0a")
              (func (export "_start")
                (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 20)))
                (call $exit (i32.const 0))))
            """);

    private static final long LARGEST_PLUGIN = 256 << 10;

    private RealModules() {}

    /** Every one by name. */
    public static Map<String, byte[]> all() {
        return Map.of(
                "LLVM's encoding", LLVM_LIKE,
                "bulk memory", BULK_MEMORY,
                "saturating conversions and sign extension", NUMBERS,
                "multi-value", MULTI_VALUE,
                "control flow, a table and a mutable global", CONTROL,
                "reference types", REFERENCES,
                "a WASI command", WASI_COMMAND);
    }

    /** The example plugins as their compilers made them, but for those that are too large to be read many times. */
    public static List<byte[]> plugins() {
        try (Stream<Path> folders = Files.list(Path.of("wasm-plugins"))) {
            List<byte[]> modules = new ArrayList<>();
            for (Path folder : folders.sorted().toList()) {
                Path module = folder.resolve("plugin.wasm");
                if (Files.exists(module) && Files.size(module) <= LARGEST_PLUGIN) {
                    modules.add(Files.readAllBytes(module));
                }
            }
            return modules;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> named() {
        return all().entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
    }
}
