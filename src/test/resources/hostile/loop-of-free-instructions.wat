;; A loop of instructions that cost nothing, but for its br.
;; ends in: fuel-exhausted
(module
  (memory 2 2)
  (type $none (func))
  (table 2 2 funcref)
  (elem (i32.const 0) $nothing)
  (data $passive "0123456789abcdef")
  (func $nothing)
  (func (export "run")
    (loop $l (nop) (block (nop)) (block (block)) (br $l))))
