;; Takes kernel blocks until it gets none, and aborts then.
;; ends in: memory-exhausted
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (func (export "run")
    (loop $l (br_if $l (i64.ne (call $alloc (i64.const 100000)) (i64.const 0))))
    (unreachable)))
