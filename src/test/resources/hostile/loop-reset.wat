;; An endless loop of throwing the kernel's memory away.
;; ends in: fuel-exhausted
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "reset" (func $reset ))
  (func (export "run")
    (loop $l (drop (call $alloc (i64.const 100000))) (call $reset) (br $l))))
