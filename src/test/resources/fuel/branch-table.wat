;; call: main 4
;; fuel: 31
;;
;; $pick: i32.const, local.get, br_table = 3 each call, and then
;;   for 0 behind $first:  drop, i32.const, return = 3                        -> 6
;;   for 1 behind $second: drop, i32.const, i32.const, i32.mul, return = 5    -> 8
;;   for all else nothing, the function's own label is the target             -> 3
;; $main: i32.const, i32.const, i32.const, local.get, four calls, three i32.add = 11.
;; main(4): 11 + pick(0) 6 + pick(1) 8 + pick(2) 3 + pick(4) 3 = 31.
(module
  (func $pick (param i32) (result i32)
    (block $second (result i32)
      (block $first (result i32)
        (i32.const 9)
        (br_table $first $second 2 (local.get 0)))
      (drop)
      (return (i32.const 1)))
    (drop)
    (return (i32.mul (i32.const 2) (i32.const 3))))
  (func (export "main") (param i32) (result i32)
    (i32.add
      (i32.add
        (i32.add (call $pick (i32.const 0)) (call $pick (i32.const 1)))
        (call $pick (i32.const 2)))
      (call $pick (local.get 0)))))
