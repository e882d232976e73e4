;; Calls a platform function with handles that are none.
;; ends in: returned
(module
  (import "extism:host/user" "user_get" (func $user_get (param i64) (result i64)))
  (func (export "run")
    (drop (call $user_get (i64.const -1)))
    (drop (call $user_get (i64.const 9223372036854775807)))
    (drop (call $user_get (i64.const 4294967296)))))
