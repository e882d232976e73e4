;; call: main 3
;; fuel: 28
;;
;; Calling the host costs 1, as any call; what the host charges for its own work comes on top, and is nothing here.
;; The start function: i32.const, call, drop = 3.
;; $main, each round: local.get, call, drop, local.get, i32.const, i32.sub, local.tee, br_if = 8; three rounds: 24.
;; Behind the loop: local.get = 1. In all 3 + 24 + 1 = 28.
(module
  (import "env" "ask" (func $ask (param i32) (result i32)))
  (start $hello)
  (func $hello
    (drop (call $ask (i32.const 100))))
  (func (export "main") (param $n i32) (result i32)
    (loop $again
      (drop (call $ask (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $n)))
