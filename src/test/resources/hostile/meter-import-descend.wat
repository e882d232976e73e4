;; Imports what gives depth.
;; ends in: module-rejected
(module
  (import "storysign:meter" "descend" (func $descend))
  (func (export "run") (call $descend)))
