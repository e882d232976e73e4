;; Leaves by proc_exit in the start section.
;; ends in: plugin-error
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func $start (call $exit (i32.const 3)))
  (start $start)
  (func (export "run")))
