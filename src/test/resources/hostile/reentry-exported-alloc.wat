;; Exports alloc, malloc and free that trap, for a host that would call them while it serves a host function.
;; ends in: returned
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "free" (func $free (param i64)))
  (import "extism:host/env" "output_set" (func $output (param i64 i64)))
  (memory (export "memory") 1)
  (func (export "alloc") (param i64) (result i64) unreachable)
  (func (export "malloc") (param i32) (result i32) unreachable)
  (func (export "free") (param i64) unreachable)
  (func (export "run") (local $b i64)
    (local.set $b (call $alloc (i64.const 16)))
    (call $output (local.get $b) (i64.const 16))
    (call $free (call $alloc (i64.const 8)))))
