;; Imports a table from the platform's own names.
;; ends in: module-rejected
(module
  (import "storysign:anything" "table" (table 1 funcref))
  (func (export "run")))
