;; A loop that takes two operands, which the engine's interpreter would lose values below.
;; ends in: module-rejected
(module
  (func (export "run")
    (i32.const 1) (i64.const 2)
    (loop $l (param i32 i64)
      (drop) (i32.const 1) (i32.add) (i64.const 3) (br $l))))
