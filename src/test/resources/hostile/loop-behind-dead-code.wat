;; A loop whose header follows code that cannot be reached.
;; ends in: fuel-exhausted
(module
  (memory 2 2)
  (type $none (func))
  (table 2 2 funcref)
  (elem (i32.const 0) $nothing)
  (data $passive "0123456789abcdef")
  (func $nothing)
  (func (export "run")
    (block $b (br $b) (unreachable) (loop $dead (br $dead)))
    (loop $l (block $c (br $c) (drop (i32.const 1))) (br $l))))
