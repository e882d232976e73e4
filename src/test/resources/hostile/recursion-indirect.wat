;; A function that calls itself through the table.
;; ends in: stack-exhausted
(module
  (type $none (func))
  (table 1 1 funcref)
  (elem (i32.const 0) $f)
  (func $f (export "run") (call_indirect (type $none) (i32.const 0))))
