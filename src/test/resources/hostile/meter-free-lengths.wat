;; Fills, copies and grows by nothing for ever, hoping that nothing costs nothing.
;; ends in: fuel-exhausted
(module
  (memory 1)
  (func (export "run")
    (loop $l
      (memory.fill (i32.const 0) (i32.const 0) (i32.const 0))
      (memory.copy (i32.const 0) (i32.const 0) (i32.const 7))
      (drop (memory.grow (i32.const 0)))
      (br $l))))
