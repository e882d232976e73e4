;; Sets an error of megabytes.
;; ends in: plugin-error
;; level: standard
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "error_set" (func $error_set (param i64)))
  (func (export "run")
    (call $error_set (call $alloc (i64.const 4000000)))))
