;; Ends by conversion too large.
;; ends in: arithmetic-fault
(module
  (func (export "run") (drop (i64.trunc_f64_u (f64.const 1e300)))))
