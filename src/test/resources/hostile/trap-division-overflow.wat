;; Ends by division overflow.
;; ends in: arithmetic-fault
(module
  (func (export "run") (drop (i64.div_s (i64.const -9223372036854775808) (i64.const -1)))))
