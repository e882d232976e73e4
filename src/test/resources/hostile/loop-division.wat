;; An endless loop of the slowest arithmetic.
;; ends in: fuel-exhausted
(module
  (memory 2 2)
  (type $none (func))
  (table 2 2 funcref)
  (elem (i32.const 0) $nothing)
  (data $passive "0123456789abcdef")
  (func $nothing)
  (func (export "run")
    (local $x i64)
    (local.set $x (i64.const 9223372036854775807))
    (loop $l (local.set $x (i64.or (i64.rem_u (i64.div_u (i64.const -1) (local.get $x)) (i64.const 7)) (i64.const 1))) (br $l))))
