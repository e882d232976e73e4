;; Has a data segment that does not fit its memory.
;; ends in: memory-out-of-bounds
(module
  (memory 1)
  (data (i32.const 65530) "more than six bytes")
  (func (export "run")))
