package org.storysign.plugins.abi;

/** A module with every function of the kernel imported and a few of its own, for the body of a test. */
final class KernelModule {

    private static final String AROUND = """
            (module
              (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
              (import "extism:host/env" "free" (func $free (param i64)))
              (import "extism:host/env" "length" (func $length (param i64) (result i64)))
              (import "extism:host/env" "length_unsafe" (func $length_unsafe (param i64) (result i64)))
              (import "extism:host/env" "load_u8" (func $load_u8 (param i64) (result i32)))
              (import "extism:host/env" "load_u64" (func $load_u64 (param i64) (result i64)))
              (import "extism:host/env" "store_u8" (func $store_u8 (param i64 i32)))
              (import "extism:host/env" "store_u64" (func $store_u64 (param i64 i64)))
              (import "extism:host/env" "input_offset" (func $input_offset (result i64)))
              (import "extism:host/env" "input_length" (func $input_length (result i64)))
              (import "extism:host/env" "input_load_u8" (func $input_load_u8 (param i64) (result i32)))
              (import "extism:host/env" "input_load_u64" (func $input_load_u64 (param i64) (result i64)))
              (import "extism:host/env" "output_set" (func $output_set (param i64 i64)))
              (import "extism:host/env" "error_set" (func $error_set (param i64)))
              (import "extism:host/env" "error_get" (func $error_get (result i64)))
              (import "extism:host/env" "memory_bytes" (func $memory_bytes (result i64)))
              (import "extism:host/env" "reset" (func $reset))
              (import "extism:host/env" "config_get" (func $config_get (param i64) (result i64)))
              (import "extism:host/env" "var_get" (func $var_get (param i64) (result i64)))
              (import "extism:host/env" "var_set" (func $var_set (param i64 i64)))
              (import "extism:host/env" "http_request" (func $http_request (param i64 i64) (result i64)))
              (import "extism:host/env" "http_status_code" (func $http_status_code (result i32)))
              (import "extism:host/env" "http_headers" (func $http_headers (result i64)))
              (import "extism:host/env" "log_info" (func $log_info (param i64)))
              (import "extism:host/env" "log_error" (func $log_error (param i64)))
              (import "extism:host/env" "get_log_level" (func $get_log_level (result i32)))
              %s
              (memory 1)
              (data (i32.const 1024) "hello")
              (data (i32.const 1040) "world!")
              (data (i32.const 1100) "%s")
              ;; a block with what stands in memory
              (func $put (param $at i32) (param $length i32) (result i64) (local $block i64) (local $i i32)
                (local.set $block (call $alloc (i64.extend_i32_u (local.get $length))))
                (block $done (loop $next
                  (br_if $done (i32.ge_u (local.get $i) (local.get $length)))
                  (call $store_u8
                    (i64.add (local.get $block) (i64.extend_i32_u (local.get $i)))
                    (i32.load8_u (i32.add (local.get $at) (local.get $i))))
                  (local.set $i (i32.add (local.get $i) (i32.const 1)))
                  (br $next)))
                (local.get $block))
              (func $hello (result i64) (call $put (i32.const 1024) (i32.const 5)))
              (func $world (result i64) (call $put (i32.const 1040) (i32.const 6)))
              ;; makes a block the output
              (func $give (param $block i64) (call $output_set (local.get $block) (call $length (local.get $block))))
              ;; makes a number the output
              (func $number (param $number i64) (local $block i64)
                (local.set $block (call $alloc (i64.const 8)))
                (call $store_u64 (local.get $block) (local.get $number))
                (call $give (local.get $block)))
              %s)
            """;

    private KernelModule() {}

    /** With these functions beside its own. */
    static String of(String functions) {
        return with("", "", functions);
    }

    /** With this code as {@code run}; {@code $a}, {@code $b} are i64 locals. */
    static String running(String code) {
        return of("(func (export \"run\") (local $a i64) (local $b i64) " + code + ")");
    }

    /** With {@code text} (as the text format writes strings) at 1100, and more imports. */
    static String with(String imports, String text, String functions) {
        return AROUND.formatted(imports, text, functions);
    }
}
