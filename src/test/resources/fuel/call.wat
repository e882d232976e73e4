;; call: main 6
;; fuel: 19
;;
;; $increment: local.get, i32.const, i32.add = 3.
;; $twice: local.get, call, call = 3, and $increment two times 6: 9.
;; $wide has 20 declared locals to clear when it is entered: 20 / 8 = 2; local.get, call = 2; and $increment 3: 7.
;; $main: local.get, call, call = 3 (nop is free), and $twice 9, and $wide 7: 19.
(module
  (func $increment (param i32) (result i32)
    (i32.add (local.get 0) (i32.const 1)))
  (func $twice (param i32) (result i32)
    (call $increment (call $increment (local.get 0))))
  (func $wide (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (call $increment (local.get 0)))
  (func (export "main") (param i32) (result i32)
    (nop)
    (call $wide (call $twice (local.get 0)))))
