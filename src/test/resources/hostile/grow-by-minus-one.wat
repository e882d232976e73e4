;; Grows by 2^32 - 1 pages, which cost more than there is.
;; ends in: fuel-exhausted
;; without fuel: returned
(module
  (memory 1)
  (func (export "run") (result i32)
    (i32.ne (memory.grow (i32.const -1)) (i32.const -1))))
