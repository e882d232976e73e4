;; call: main 12
;; fuel: 29
;;
;; $divide: local.get, local.get, i32.div_u, local.get, local.get, i32.rem_u, return = 7.
;; $main before the loop: local.get, i32.const, call, local.set = 4, and $divide 7: 11. It leaves 2, and 2 in $b.
;; The loop takes a value and gives one. Each round: local.set, local.get, i32.const, i32.add, local.get, i32.const, i32.sub,
;;   local.tee, br_if = 9. It goes round for 2 and for 1: 18.
;; In all 11 + 18 = 29.
(module
  (func $divide (param i32 i32) (result i32 i32)
    (i32.div_u (local.get 0) (local.get 1))
    (i32.rem_u (local.get 0) (local.get 1))
    (return))
  (func (export "main") (param i32) (result i32) (local $a i32) (local $b i32)
    (call $divide (local.get 0) (i32.const 5))
    (local.set $b)
    (loop $again (param i32) (result i32)
      (local.set $a)
      (i32.add (local.get $a) (i32.const 1))
      (local.tee $b (i32.sub (local.get $b) (i32.const 1)))
      (br_if $again))))
