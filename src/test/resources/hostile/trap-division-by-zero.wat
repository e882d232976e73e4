;; Ends by division by zero.
;; ends in: arithmetic-fault
(module
  (func (export "run") (drop (i32.div_u (i32.const 1) (i32.const 0)))))
