;; Exports something under the meter's name.
;; ends in: module-rejected
(module
  (func (export "storysign:meter"))
  (func (export "run")))
