;; Calls a table entry by the wrong type.
;; ends in: indirect-call-mismatch
(module
  (type $none (func))
  (type $number (func (result i32)))
  (table 2 2 funcref)
  (elem (i32.const 0) $nothing)
  (func $nothing)
  (func (export "run") (drop (call_indirect (type $number) (i32.const 0)))))
