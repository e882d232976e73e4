;; Calls a platform function more often than it may.
;; ends in: host-calls-exhausted
(module
  (import "extism:host/user" "user_get" (func $user_get (param i64) (result i64)))
  (func (export "run") (loop $l (drop (call $user_get (i64.const 0))) (br $l))))
