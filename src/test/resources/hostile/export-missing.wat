;; Does not export the handler.
;; ends in: export-missing
(module
  (func (export "other")))
