;; Asks the kernel for blocks of impossible sizes, which are all refused.
;; ends in: returned
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (func (export "run") (result i32)
    (i64.ne (i64.const 0)
      (i64.or (call $alloc (i64.const -1))
      (i64.or (call $alloc (i64.const -9223372036854775808))
      (i64.or (call $alloc (i64.const 9223372036854775807))
      (i64.or (call $alloc (i64.const 4294967296))
              (call $alloc (i64.const 2147483647)))))))))
