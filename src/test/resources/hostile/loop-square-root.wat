;; An endless loop of floating point.
;; ends in: fuel-exhausted
(module
  (memory 2 2)
  (type $none (func))
  (table 2 2 funcref)
  (elem (i32.const 0) $nothing)
  (data $passive "0123456789abcdef")
  (func $nothing)
  (func (export "run")
    (local $x f64)
    (loop $l (local.set $x (f64.sqrt (f64.add (local.get $x) (f64.const 2)))) (br $l))))
