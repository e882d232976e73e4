;; Writes a large number to every address of the kernel's memory, in case the counter lies there, and goes on.
;; ends in: fuel-exhausted
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "store_u64" (func $store_u64 (param i64 i64)))
  (func (export "run") (local $at i64)
    (drop (call $alloc (i64.const 1000)))
    (loop $l
      (call $store_u64 (local.get $at) (i64.const 0x0fffffffffffffff))
      (local.set $at (i64.add (local.get $at) (i64.const 8)))
      (br $l))))
