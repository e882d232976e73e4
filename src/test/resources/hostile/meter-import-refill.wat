;; Imports what gives fuel.
;; ends in: module-rejected
(module
  (import "storysign:meter" "refill" (func $refill))
  (func (export "run") (call $refill)))
