;; A loop that carries an operand around; a block that takes two is refused before it runs.
;; ends in: fuel-exhausted
(module
  (memory 2 2)
  (type $none (func))
  (table 2 2 funcref)
  (elem (i32.const 0) $nothing)
  (data $passive "0123456789abcdef")
  (func $nothing)
  (func (export "run")
    (i64.const 2)
    (loop $l (param i64)
      (drop) (i64.const 3) (br $l))))
