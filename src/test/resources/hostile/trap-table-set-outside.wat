;; Writes a table entry that does not exist.
;; ends in: table-out-of-bounds
(module
  (type $none (func))
  (type $number (func (result i32)))
  (table 2 2 funcref)
  (elem (i32.const 0) $nothing)
  (func $nothing)
  (func (export "run") (table.set 0 (i32.const 1000000) (ref.null func))))
