;; An endless loop of calls into the kernel, none of which counts as a host call.
;; ends in: fuel-exhausted
(module
  (import "extism:host/env" "length" (func $length (param i64) (result i64)))
  (func (export "run")
    (loop $l (drop (call $length (i64.const 64))) (br $l))))
