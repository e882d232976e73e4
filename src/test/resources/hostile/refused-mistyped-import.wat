;; Imports a kernel function by a type that fits more of its memory.
;; ends in: module-rejected
(module
  (import "extism:host/env" "load_u8" (func $load (param i32) (result i64)))
  (func (export "run") (drop (call $load (i32.const 0)))))
