;; call: main 3
;; fuel: 27
;;
;; The outer loop runs for n = 3, 2, 1 and 0.
;;   Each time: local.get, i32.eqz, br_if $out = 3. For n = 0 it leaves there:              4 x 3 = 12
;;   for 3, 2 and 1 then: local.get, i32.const, i32.sub, local.set, br $again = 5:          3 x 5 = 15
;; The unreachable behind br is never reached, and nothing stands behind $out: 12 + 15 = 27.
(module
  (func (export "main") (param $n i32)
    (block $out
      (loop $again
        (br_if $out (i32.eqz (local.get $n)))
        (block
          (block
            (local.set $n (i32.sub (local.get $n) (i32.const 1)))
            (br $again)
            (unreachable)))))))
