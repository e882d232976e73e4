;; Uses one block as key and value of a variable.
;; ends in: returned
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "var_set" (func $var_set (param i64 i64)))
  (func (export "run") (local $b i64)
    (local.set $b (call $alloc (i64.const 32)))
    (call $var_set (local.get $b) (local.get $b))))
