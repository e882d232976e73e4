;; Gives more output than it may.
;; ends in: output-too-large
;; level: isolated
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "output_set" (func $output_set (param i64 i64)))
  (func (export "run") (local $b i64)
    (local.set $b (call $alloc (i64.const 1000000)))
    (call $output_set (local.get $b) (i64.const 1000000))))
