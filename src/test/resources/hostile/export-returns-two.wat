;; Its handler returns two values.
;; ends in: plugin-error
(module
  (func (export "run") (result i32 i32) (i32.const 0) (i32.const 0)))
