;; Uses table.fill, which the engine gets wrong.
;; ends in: module-rejected
(module
  (table 1 funcref)
  (func (export "run") (table.fill 0 (i32.const 0) (ref.null func) (i32.const -1))))
