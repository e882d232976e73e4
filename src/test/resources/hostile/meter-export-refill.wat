;; Exports the function that would be the meter's as its handler.
;; ends in: module-invalid
;; patch: 03 72 75 6E 00 00 to 03 72 75 6E 00 01
(module
  (func (export "run")))
