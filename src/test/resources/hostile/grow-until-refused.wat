;; Grows page by page until the answer is -1, and aborts then.
;; ends in: memory-exhausted
(module
  (memory 1)
  (func (export "run")
    (loop $l (br_if $l (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
    (unreachable)))
