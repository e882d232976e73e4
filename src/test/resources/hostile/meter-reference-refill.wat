;; Makes a reference to the function that would be the meter's.
;; ends in: module-invalid
;; patch: D2 00 1A to D2 01 1A
(module
  (elem declare func 0)
  (func (export "run") (drop (ref.func 0))))
