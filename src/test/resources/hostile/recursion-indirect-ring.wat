;; Functions that call each other through table entries they write themselves.
;; ends in: stack-exhausted
(module
  (type $none (func))
  (table 2 2 funcref)
  (elem declare func $a $b)
  (func $a (export "run")
    (table.set 0 (i32.const 1) (ref.func $b))
    (call_indirect (type $none) (i32.const 1)))
  (func $b
    (table.set 0 (i32.const 0) (ref.func $a))
    (call_indirect (type $none) (i32.const 0))))
