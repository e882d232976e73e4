;; Calls an address without the permission.
;; ends in: http-denied
;; level: standard
(module
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (import "extism:host/env" "store_u8" (func $store_u8 (param i64 i32)))
  (import "extism:host/env" "http_request" (func $http_request (param i64 i64) (result i64)))
  (memory 1)
  (data (i32.const 0) "{\"url\":\"http://169.254.169.254/\"}")
  (func (export "run") (local $b i64) (local $i i32)
    (local.set $b (call $alloc (i64.const 33)))
    (loop $l
      (call $store_u8
        (i64.add (local.get $b) (i64.extend_i32_u (local.get $i)))
        (i32.load8_u (local.get $i)))
      (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 33))))
    (drop (call $http_request (local.get $b) (i64.const 0)))))
