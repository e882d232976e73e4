;; Names a global that exists only in the metered module.
;; ends in: module-invalid
;; patch: 24 00 0B to 24 02 0B
(module
  (global (mut i64) (i64.const 0))
  (func (export "run") (global.set 0 (i64.const 9))))
