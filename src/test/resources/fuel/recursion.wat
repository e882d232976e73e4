;; call: main 10
;; fuel: 1591
;;
;; fib(n) for n < 2: local.get, i32.const, i32.lt_u, if, local.get = 5.
;; Above: the same four, and local.get, i32.const, i32.sub, call, local.get, i32.const, i32.sub, call, i32.add = 13.
;; fib(10) makes 177 calls, 89 of the first kind and 88 of the second: 89 x 5 + 88 x 13 = 445 + 1144 = 1589.
;; $main: local.get, call = 2. In all 1591. Counting the depth of calls costs no fuel.
(module
  (func $fib (param $n i32) (result i32)
    (if (result i32) (i32.lt_u (local.get $n) (i32.const 2))
      (then (local.get $n))
      (else
        (i32.add
          (call $fib (i32.sub (local.get $n) (i32.const 1)))
          (call $fib (i32.sub (local.get $n) (i32.const 2)))))))
  (func (export "main") (param i32) (result i32)
    (call $fib (local.get 0))))
