;; Adds up many of the largest charges without a branch between them, hoping that their sum wraps.
;; ends in: fuel-exhausted
;; without fuel: memory-out-of-bounds
(module
  (memory 1)
  (func (export "run")
    (memory.fill (i32.const 0) (i32.const 0) (i32.const -1))
    (memory.fill (i32.const 0) (i32.const 0) (i32.const -1))
    (memory.fill (i32.const 0) (i32.const 0) (i32.const -8))
    (memory.fill (i32.const 0) (i32.const 0) (i32.const -9))
    (drop (memory.grow (i32.const -1)))
    (drop (memory.grow (i32.const -1)))
    (drop (memory.grow (i32.const 0x80000000)))
    (memory.copy (i32.const 0) (i32.const 0) (i32.const 0x80000000))))
