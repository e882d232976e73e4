;; Names a global that exists only in the metered module.
;; ends in: module-invalid
;; patch: 23 00 1A to 23 01 1A
(module
  (global (mut i64) (i64.const 0))
  (func (export "run") (drop (global.get 0))))
