;; Initialises memory, of which there is enough, with more than its segment holds.
;; ends in: memory-out-of-bounds
(module
  (memory 1)
  (data $d "0123456789012345678901234567890123456789")
  (func (export "run")
    (memory.init $d (i32.const 0) (i32.const 1) (i32.const 192))))
