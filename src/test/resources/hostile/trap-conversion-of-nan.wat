;; Ends by conversion of nan.
;; ends in: arithmetic-fault
(module
  (func (export "run") (drop (i32.trunc_f32_s (f32.const nan)))))
