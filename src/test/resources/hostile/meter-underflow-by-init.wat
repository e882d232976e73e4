;; Charges by the largest lengths of initialisations, hoping that the counter wraps.
;; ends in: fuel-exhausted
;; without fuel: memory-out-of-bounds
(module
  (memory 1)
  (data $d "ab")
  (func (export "run")
    (loop $l (memory.init $d (i32.const 0) (i32.const 0) (i32.const -1)) (br $l))))
