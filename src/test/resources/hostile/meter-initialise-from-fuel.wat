;; Initialises a global from one that exists only in the metered module.
;; ends in: module-invalid
;; patch: 42 00 0B to 23 01 0B
(module
  (global i64 (i64.const 0))
  (func (export "run")))
