;; Sets one variable for ever: old values must not add up.
;; ends in: fuel-exhausted
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "store_u64" (func $store_u64 (param i64 i64)))
  (import "extism:host/env" "var_set" (func $var_set (param i64 i64)))
  (func (export "run") (local $key i64)
    (loop $l
      (local.set $key (call $alloc (i64.const 8)))
      (call $store_u64 (local.get $key) (i64.const 7))
      (call $var_set (local.get $key) (call $alloc (i64.const 10000)))
      (br $l))))
