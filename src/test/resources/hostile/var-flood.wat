;; Keeps variables under ever new keys.
;; ends in: memory-exhausted
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "store_u64" (func $store_u64 (param i64 i64)))
  (import "extism:host/env" "var_set" (func $var_set (param i64 i64)))
  (func (export "run") (local $n i64) (local $key i64)
    (loop $l
      (local.set $key (call $alloc (i64.const 8)))
      (call $store_u64 (local.get $key) (local.get $n))
      (call $var_set (local.get $key) (call $alloc (i64.const 10000)))
      (local.set $n (i64.add (local.get $n) (i64.const 1)))
      (br $l))))
