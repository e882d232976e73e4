;; Grows and writes to every page, so that nothing is only promised.
;; ends in: memory-exhausted
(module
  (memory 1)
  (func (export "run") (local $page i32)
    (loop $l
      (local.set $page (memory.grow (i32.const 1)))
      (if (i32.eq (local.get $page) (i32.const -1)) (then (unreachable)))
      (i32.store (i32.shl (local.get $page) (i32.const 16)) (i32.const 1))
      (br $l))))
