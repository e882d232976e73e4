;; An endless loop in hs_init, which runs before the export.
;; ends in: fuel-exhausted
(module
  (func (export "hs_init") (param i32 i32) (loop $l (br $l)))
  (func (export "run")))
