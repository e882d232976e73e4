;; A length of 2^32 - 1 costs more than there is, before anything is done.
;; ends in: fuel-exhausted
;; without fuel: memory-out-of-bounds
(module
  (memory 1)
  (data $d "ab")
  (func (export "run") (memory.copy (i32.const 1) (i32.const 0) (i32.const -1))))
