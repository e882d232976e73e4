;; Sets errors that are no blocks; none counts.
;; ends in: returned
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "error_set" (func $error_set (param i64)))
  (func (export "run")
    (drop (call $alloc (i64.const 16)))
    (call $error_set (i64.const -1))
    (call $error_set (i64.const 9223372036854775807))
    (call $error_set (i64.const 65))
    (call $error_set (i64.const 1))))
