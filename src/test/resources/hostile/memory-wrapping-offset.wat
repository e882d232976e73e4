;; Reaches for the largest address with the largest offset, hoping that they wrap.
;; ends in: memory-out-of-bounds
(module
  (memory 1)
  (func (export "run") (i64.store offset=4294967295 (i32.const -1) (i64.const 1))))
