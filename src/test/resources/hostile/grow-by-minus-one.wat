;; Grows by 2^32 - 1 pages.
;; ends in: returned
(module
  (memory 1)
  (func (export "run") (result i32)
    (i32.ne (memory.grow (i32.const -1)) (i32.const -1))))
