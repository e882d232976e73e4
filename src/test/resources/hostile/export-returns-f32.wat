;; Its handler returns an f32, which counts as -1.
;; ends in: plugin-error
(module
  (func (export "run") (result f32) (f32.const 0)))
