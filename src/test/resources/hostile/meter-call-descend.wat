;; Calls the function that would be the meter's second.
;; ends in: module-invalid
;; patch: 10 00 0B to 10 02 0B
(module
  (func (export "run") (call 0)))
