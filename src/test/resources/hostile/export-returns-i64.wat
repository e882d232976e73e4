;; Its handler returns an i64, which counts as -1.
;; ends in: plugin-error
(module
  (func (export "run") (result i64) (i64.const 0)))
