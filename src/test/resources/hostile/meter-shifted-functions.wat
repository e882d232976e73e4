;; Calls, refers to and exports functions next to its imports: none is the meter's, so its fuel ends.
;; ends in: fuel-exhausted
(module
  (import "extism:host/env" "length" (func $length (param i64) (result i64)))
  (type $none (func))
  (table 3 3 funcref)
  (elem (i32.const 0) $length $a $b)
  (func $a)
  (func $b)
  (func (export "run")
    (loop $l
      (call $a)
      (call_indirect (type $none) (i32.const 1))
      (call_indirect (type $none) (i32.const 2))
      (br $l))))
