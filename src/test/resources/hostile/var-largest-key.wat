;; A variable whose key takes half of the memory.
;; ends in: memory-exhausted
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "var_set" (func $var_set (param i64 i64)))
  (func (export "run") (local $key i64)
    (local.set $key (call $alloc (i64.const 7000000)))
    (call $var_set (local.get $key) (call $alloc (i64.const 7000000)))))
