;; Three functions that call each other in a ring.
;; ends in: stack-exhausted
(module
  (func $a (export "run") (call $b))
  (func $b (call $c))
  (func $c (call $a)))
