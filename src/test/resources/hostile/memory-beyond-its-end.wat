;; Reads the byte behind the last.
;; ends in: memory-out-of-bounds
(module
  (memory 1)
  (func (export "run") (drop (i32.load8_u (i32.const 65536)))))
