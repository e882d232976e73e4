;; Initialises across the end of memory.
;; ends in: memory-out-of-bounds
(module
  (memory 1)
  (data $d "ab")
  (func (export "run") (memory.init $d (i32.const 65535) (i32.const 0) (i32.const 2))))
