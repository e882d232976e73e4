;; An endless loop of taking and giving back a kernel block.
;; ends in: fuel-exhausted
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "free" (func $free (param i64)))
  (func (export "run")
    (loop $l (call $free (call $alloc (i64.const 4096))) (br $l))))
