;; Charges by the largest lengths, hoping that the counter wraps.
;; ends in: fuel-exhausted
;; without fuel: memory-out-of-bounds
(module
  (memory 1)
  (func (export "run")
    (loop $l (memory.fill (i32.const 0) (i32.const 0) (i32.const -1)) (br $l))))
