;; Calls a table entry that holds nothing.
;; ends in: indirect-call-mismatch
(module
  (type $none (func))
  (type $number (func (result i32)))
  (table 2 2 funcref)
  (elem (i32.const 0) $nothing)
  (func $nothing)
  (func (export "run") (call_indirect (type $none) (i32.const 1))))
