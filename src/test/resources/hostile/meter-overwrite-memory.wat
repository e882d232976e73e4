;; Overwrites all memory it has, in case the counter lies there, and goes on.
;; ends in: fuel-exhausted
(module
  (memory 2)
  (func (export "run")
    (loop $l
      (memory.fill (i32.const 0) (i32.const 0x7f) (i32.const 131072))
      (br $l))))
