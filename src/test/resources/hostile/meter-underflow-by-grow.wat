;; Charges as much as one instruction can, hoping that the counter wraps.
;; ends in: fuel-exhausted
(module
  (memory 1)
  (func (export "run")
    (loop $l (drop (memory.grow (i32.const -1))) (br $l))))
