;; Logs line ends, escapes and a line that looks like ours.
;; ends in: returned
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "store_u8" (func $store_u8 (param i64 i32)))
  (import "extism:host/env" "log_error" (func $log_error (param i64)))
  (memory 1)
  (data (i32.const 0) "\n2026-11-22 ERROR admin logged in\r\n\1b[31m\00\e2\80\a8${jndi:ldap}\ff\fe")
  (func (export "run") (local $b i64) (local $i i32)
    (local.set $b (call $alloc (i64.const 64)))
    (loop $l
      (call $store_u8
        (i64.add (local.get $b) (i64.extend_i32_u (local.get $i)))
        (i32.load8_u (local.get $i)))
      (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 64))))
    (call $log_error (local.get $b))))
