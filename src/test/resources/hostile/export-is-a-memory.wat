;; Exports a memory under the handler's name.
;; ends in: export-missing
(module
  (memory (export "run") 1)
  (func (export "other")))
