;; A loop that carries two operands around.
;; ends in: fuel-exhausted
(module
  (memory 2 2)
  (type $none (func))
  (table 2 2 funcref)
  (elem (i32.const 0) $nothing)
  (data $passive "0123456789abcdef")
  (func $nothing)
  (func (export "run")
    (i32.const 1) (i64.const 2)
    (loop $l (param i32 i64)
      (drop) (i32.const 1) (i32.add) (i64.const 3) (br $l))))
