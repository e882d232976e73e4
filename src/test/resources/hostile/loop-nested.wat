;; Three loops inside each other, each ended by the one outside.
;; ends in: fuel-exhausted
(module
  (memory 2 2)
  (type $none (func))
  (table 2 2 funcref)
  (elem (i32.const 0) $nothing)
  (data $passive "0123456789abcdef")
  (func $nothing)
  (func (export "run")
    (loop $a (loop $b (loop $c (br_if $c (i32.const 0)) (br_if $b (i32.const 0)) (br $a))))))
