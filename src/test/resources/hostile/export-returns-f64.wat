;; Its handler returns an f64, which counts as -1.
;; ends in: plugin-error
(module
  (func (export "run") (result f64) (f64.const 0)))
