;; Has an element segment that does not fit its table.
;; ends in: table-out-of-bounds
(module
  (table 1 1 funcref)
  (elem (i32.const 1) $f)
  (func $f)
  (func (export "run")))
