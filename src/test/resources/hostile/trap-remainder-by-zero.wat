;; Ends by remainder by zero.
;; ends in: arithmetic-fault
(module
  (func (export "run") (drop (i64.rem_s (i64.const 1) (i64.const 0)))))
