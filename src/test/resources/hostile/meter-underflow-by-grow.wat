;; Charges as much as one instruction can, hoping that the counter wraps. Each growth costs 2^45: even the largest limit ends it soon.
;; ends in: fuel-exhausted
;; without fuel: fuel-exhausted
(module
  (memory 1)
  (func (export "run")
    (loop $l (drop (memory.grow (i32.const -1))) (br $l))))
