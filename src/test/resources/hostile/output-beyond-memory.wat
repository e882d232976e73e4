;; Names an output that reaches past what the kernel has, in every way; none counts.
;; ends in: returned
;; output: 
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "output_set" (func $output_set (param i64 i64)))
  (func (export "run") (local $b i64)
    (local.set $b (call $alloc (i64.const 16)))
    (call $output_set (local.get $b) (i64.const 9223372036854775807))
    (call $output_set (i64.const 9223372036854775807) (i64.const 1))
    (call $output_set (i64.const -1) (i64.const -1))
    (call $output_set (i64.const 0) (i64.const 16))
    (call $output_set (i64.const -16) (i64.const 32))
    (call $output_set (local.get $b) (i64.const -9223372036854775808))))
