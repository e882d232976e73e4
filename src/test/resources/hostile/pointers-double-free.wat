;; Frees a block twice, and blocks that never were.
;; ends in: returned
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "free" (func $free (param i64)))
  (import "extism:host/env" "length" (func $length (param i64) (result i64)))
  (func (export "run") (local $b i64)
    (local.set $b (call $alloc (i64.const 32)))
    (call $free (local.get $b))
    (call $free (local.get $b))
    (call $free (i64.add (local.get $b) (i64.const 1)))
    (if (i64.ne (i64.const 0) (call $length (local.get $b))) (then (unreachable)))))
