;; Imports a counter.
;; ends in: module-rejected
(module
  (import "storysign:meter" "fuel" (global $fuel (mut i64)))
  (func (export "run") (global.set $fuel (i64.const 9223372036854775807))))
