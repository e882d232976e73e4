;; Logs until something stops it; what is kept has its limit.
;; ends in: fuel-exhausted
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "store_u64" (func $store_u64 (param i64 i64)))
  (import "extism:host/env" "log_info" (func $log_info (param i64)))
  (func (export "run") (local $b i64)
    (loop $l
      (local.set $b (call $alloc (i64.const 8)))
      (call $store_u64 (local.get $b) (i64.const 0x6161616161616161))
      (call $log_info (local.get $b))
      (br $l))))
