;; Logs megabytes at once.
;; ends in: returned
;; level: standard
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "log_info" (func $log_info (param i64)))
  (func (export "run")
    (call $log_info (call $alloc (i64.const 4000000)))))
