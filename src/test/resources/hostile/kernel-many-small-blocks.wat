;; Takes kernel blocks of one byte until it gets none, and aborts then.
;; ends in: memory-exhausted
;; level: strict
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (func (export "run")
    (loop $l (br_if $l (i64.ne (call $alloc (i64.const 1)) (i64.const 0))))
    (unreachable)))
