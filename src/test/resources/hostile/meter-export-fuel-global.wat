;; Exports a global that exists only in the metered module.
;; ends in: module-invalid
;; patch: 04 66 75 65 6C 03 00 to 04 66 75 65 6C 03 01
(module
  (global (export "fuel") (mut i64) (i64.const 0))
  (func (export "run")))
