;; Imports a function that nobody offers.
;; ends in: module-rejected
(module
  (import "env" "system" (func $system (param i32) (result i32)))
  (func (export "run") (drop (call $system (i32.const 0)))))
