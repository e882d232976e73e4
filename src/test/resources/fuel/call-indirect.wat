;; call: main 3
;; fuel: 50
;;
;; Each round of the loop:
;;   local.get $sum, local.get $n, i32.const, i32.and, call_indirect, local.set = 6
;;   local.get, i32.const, i32.sub, local.tee, br_if = 5
;; Three rounds: 33. The rounds for n = 3 and n = 1 call $add (entry 1), the one for n = 2 calls $double (entry 0):
;;   $add: local.get, i32.const, i32.add, and i32.const, i32.mul = 5, twice: 10;  $double: six instructions = 6.
;; Behind the loop: local.get = 1. In all 33 + 10 + 6 + 1 = 50.
(module
  (type $step (func (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 0) $double $add)
  (func $double (type $step)
    (i32.sub (i32.add (local.get 0) (local.get 0)) (i32.clz (i32.const -1))))
  (func $add (type $step)
    (i32.mul (i32.add (local.get 0) (i32.const 5)) (i32.const 1)))
  (func (export "main") (param $n i32) (result i32) (local $sum i32)
    (loop $again
      (local.set $sum
        (call_indirect (type $step) (local.get $sum) (i32.and (local.get $n) (i32.const 1))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum)))
