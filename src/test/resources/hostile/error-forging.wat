;; Sets an error of line ends and escapes.
;; ends in: plugin-error
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "store_u64" (func $store_u64 (param i64 i64)))
  (import "extism:host/env" "error_set" (func $error_set (param i64)))
  (func (export "run") (local $b i64)
    (local.set $b (call $alloc (i64.const 16)))
    (call $store_u64 (local.get $b) (i64.const 0x0a0d1b5b33316d0a))
    (call $store_u64 (i64.add (local.get $b) (i64.const 8)) (i64.const 0x000000a880e20a0a))
    (call $error_set (local.get $b))))
