;; Writes a vector that reaches across the end of its memory.
;; ends in: memory-out-of-bounds
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\00\00\00\00\ff\ff\ff\ff" "\ff\ff\ff\ff\01\00\00\00" "\ff\ff\00\00\02\00\00\00")
  (func (export "run") (drop (call $write (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 64)))))
