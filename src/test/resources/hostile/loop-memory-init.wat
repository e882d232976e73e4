;; An endless loop of memory.init.
;; ends in: fuel-exhausted
(module
  (memory 2 2)
  (type $none (func))
  (table 2 2 funcref)
  (elem (i32.const 0) $nothing)
  (data $passive "0123456789abcdef")
  (func $nothing)
  (func (export "run")
    (loop $l (memory.init $passive (i32.const 0) (i32.const 0) (i32.const 16)) (br $l))))
