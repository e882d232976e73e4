;; Stores at an address that wraps around to a small one.
;; ends in: memory-out-of-bounds
(module
  (memory 1)
  (func (export "run") (i64.store8 offset=54 (i32.const -1) (i64.const 1))))
