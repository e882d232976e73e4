;; Charges by the largest lengths of copies, hoping that the counter wraps.
;; ends in: fuel-exhausted
;; without fuel: memory-out-of-bounds
(module
  (memory 1)
  (func (export "run")
    (loop $l (memory.copy (i32.const 0) (i32.const 0) (i32.const -1)) (br $l))))
