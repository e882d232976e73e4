;; Uses table.grow, which the engine gets wrong.
;; ends in: module-rejected
(module
  (table 1 funcref)
  (func (export "run") (drop (table.grow 0 (ref.null func) (i32.const 1000000)))))
