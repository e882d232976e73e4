;; Frees its own input and goes on reading it.
;; ends in: returned
;; input: some input
(module
  (import "extism:host/env" "input_offset" (func $input_offset (result i64)))
  (import "extism:host/env" "input_length" (func $input_length (result i64)))
  (import "extism:host/env" "input_load_u8" (func $input_load_u8 (param i64) (result i32)))
  (import "extism:host/env" "free" (func $free (param i64)))
  (func (export "run")
    (call $free (call $input_offset))
    (if (i64.ne (i64.const 0) (call $input_length)) (then (unreachable)))
    (if (i32.ne (i32.const 0) (call $input_load_u8 (i64.const 0))) (then (unreachable)))))
