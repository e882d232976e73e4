;; Fills a range that begins inside of memory and ends outside.
;; ends in: memory-out-of-bounds
(module
  (memory 1)
  (func (export "run") (memory.fill (i32.const 65000) (i32.const 7) (i32.const 1000))))
