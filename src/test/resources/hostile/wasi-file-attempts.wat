;; Opens, lists and links files: nothing of it reaches the host.
;; ends in: returned
(module
  (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_symlink" (func $symlink (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "/etc/passwd")
  (func (export "run") (local $fd i32)
    (local.set $fd (i32.const 3))
    (loop $l
      (if (i32.eqz (call $prestat (local.get $fd) (i32.const 100))) (then (unreachable)))
      (if (i32.eqz (call $open (local.get $fd) (i32.const 1) (i32.const 0) (i32.const 11) (i32.const 0)
          (i64.const -1) (i64.const -1) (i32.const 0) (i32.const 200))) (then (unreachable)))
      (if (i32.eqz (call $symlink (i32.const 0) (i32.const 11) (local.get $fd) (i32.const 0) (i32.const 11))) (then (unreachable)))
      (if (i32.eqz (call $read (local.get $fd) (i32.const 300) (i32.const 1) (i32.const 400))) (then (unreachable)))
      (br_if $l (i32.lt_u (local.tee $fd (i32.add (local.get $fd) (i32.const 1))) (i32.const 20))))))
