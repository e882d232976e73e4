;; Its handler returns an error code and no text.
;; ends in: plugin-error
(module
  (func (export "run") (result i32) (i32.const -2147483648)))
