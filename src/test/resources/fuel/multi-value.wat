;; call: main 12
;; fuel: 27
;;
;; $divide: local.get, local.get, i32.div_u, local.get, local.get, i32.rem_u, return = 7.
;; $main before the loop: local.get, i32.const, call = 3, and $divide 7: 10. It leaves 2 and 2.
;; The loop takes two values and gives two. Each round: local.set, local.tee, local.get, i32.const, i32.sub, local.tee,
;;   local.get, br_if = 8. It goes round for 2 and for 1: 16.
;; Behind the loop: i32.add = 1. In all 10 + 16 + 1 = 27.
(module
  (func $divide (param i32 i32) (result i32 i32)
    (i32.div_u (local.get 0) (local.get 1))
    (i32.rem_u (local.get 0) (local.get 1))
    (return))
  (func (export "main") (param i32) (result i32) (local $a i32) (local $b i32)
    (call $divide (local.get 0) (i32.const 5))
    (loop $again (param i32 i32) (result i32 i32)
      (local.set $b)
      (local.tee $a)
      (local.tee $b (i32.sub (local.get $b) (i32.const 1)))
      (br_if $again (local.get $b)))
    (i32.add)))
