;; Does not look whether it was given the memory it then uses.
;; ends in: memory-exhausted
(module
  (memory 1)
  (func (export "run")
    (drop (memory.grow (i32.const 2000)))
    (i32.store (i32.const 1000000000) (i32.const 1))))
