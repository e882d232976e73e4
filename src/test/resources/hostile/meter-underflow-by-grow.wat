;; Charges as much as one instruction can, hoping that the counter wraps.
;; ends in: fuel-exhausted
;; finite: each growth costs so much that even the largest limit of fuel ends it soon
(module
  (memory 1)
  (func (export "run")
    (loop $l (drop (memory.grow (i32.const -1))) (br $l))))
