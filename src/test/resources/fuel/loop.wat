;; call: main 10
;; fuel: 91
;;
;; Each round: local.get, local.get, i32.add, local.set (sum); local.get, i32.const, i32.sub, local.tee, br_if = 9.
;; Ten rounds: 90; and local.get of the sum behind the loop: 1. The loop itself and its end are free.
(module
  (func (export "main") (param $n i32) (result i32) (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum)))
