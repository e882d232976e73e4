;; Puts the function that would be the meter's into its table.
;; ends in: module-invalid
;; patch: 41 00 0B 01 00 to 41 00 0B 01 01
(module
  (table 1 funcref)
  (elem (i32.const 0) 0)
  (func (export "run")))
