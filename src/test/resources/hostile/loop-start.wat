;; An endless loop in the start section, before any export is called.
;; ends in: fuel-exhausted
(module
  (func $start (loop $l (br $l)))
  (start $start)
  (func (export "run")))
