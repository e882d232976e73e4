;; call: main 1
;; fuel: 13
;;
;; $choose, each call: local.get 1, if 1, and in either arm
;;   then: i32.const, i32.const, i32.add = 3          -> 5 in all
;;   else: i32.const = 1                              -> 3 in all
;; $main: local.get, call, i32.const, call, i32.add   -> 5
;; main(1) takes the first arm for 1 and the second for 0: 5 + 5 + 3 = 13.
(module
  (func $choose (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (i32.add (i32.const 1) (i32.const 2)))
      (else (i32.const 7))))
  (func (export "main") (param i32) (result i32)
    (i32.add (call $choose (local.get 0)) (call $choose (i32.const 0)))))
