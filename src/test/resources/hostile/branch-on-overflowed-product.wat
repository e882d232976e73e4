;; Branches on a product of which an i32 keeps nothing: not taken.
;; ends in: returned
(module
  (func (export "run") (if (i32.mul (i32.const 0x0c000000) (i32.const 0x40)) (then (unreachable)))))
