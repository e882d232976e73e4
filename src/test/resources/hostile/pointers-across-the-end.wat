;; Reads and writes eight bytes of which the last one is outside.
;; ends in: returned
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "load_u64" (func $load_u64 (param i64) (result i64)))
  (import "extism:host/env" "store_u64" (func $store_u64 (param i64 i64)))
  (import "extism:host/env" "load_u8" (func $load_u8 (param i64) (result i32)))
  (func (export "run") (local $b i64)
    (local.set $b (call $alloc (i64.const 32)))
    (call $store_u64 (i64.add (local.get $b) (i64.const 25)) (i64.const -1))
    (if (i64.ne (i64.const 0) (call $load_u64 (i64.add (local.get $b) (i64.const 25)))) (then (unreachable)))
    (if (i32.ne (i32.const 0) (call $load_u8 (i64.add (local.get $b) (i64.const 31)))) (then (unreachable)))))
