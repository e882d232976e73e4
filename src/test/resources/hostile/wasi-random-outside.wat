;; Asks for random bytes outside of its memory.
;; ends in: returned
(module
  (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "run")
    (if (i32.eqz (call $random (i32.const 65535) (i32.const 2))) (then (unreachable)))
    (if (i32.eqz (call $random (i32.const -1) (i32.const -1))) (then (unreachable)))
    (if (i32.eqz (call $random (i32.const 0) (i32.const -1))) (then (unreachable)))))
