;; Starts with the function that would be the meter's.
;; ends in: module-invalid
;; patch: 08 01 00 to 08 01 01
(module
  (func (export "run"))
  (start 0))
