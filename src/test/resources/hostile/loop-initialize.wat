;; An endless loop in _initialize, which runs before the export.
;; ends in: fuel-exhausted
(module
  (func (export "_initialize") (loop $l (br $l)))
  (func (export "run")))
