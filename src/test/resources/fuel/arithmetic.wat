;; call: main 5
;; fuel: 7
;;
;; local.get, i32.const, i32.mul, i64.extend_i32_u, i64.const, i64.add, i32.wrap_i64: seven instructions, 1 each.
;; The end of the function is free.
(module
  (func (export "main") (param i32) (result i32)
    (i32.wrap_i64
      (i64.add
        (i64.extend_i32_u (i32.mul (local.get 0) (i32.const 3)))
        (i64.const 4)))))
