;; Asks for more memory than it may have and lives with the refusal.
;; ends in: returned
(module
  (memory 1)
  (func (export "run") (result i32)
    (i32.ne (memory.grow (i32.const 2000)) (i32.const -1))))
