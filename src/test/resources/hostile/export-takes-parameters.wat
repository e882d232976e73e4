;; Its handler wants a parameter.
;; ends in: export-mistyped
(module
  (func (export "run") (param i32)))
