;; Asks for an HTTP request at a level that allows none.
;; ends in: http-denied
;; level: isolated
(module
  (import "extism:host/env" "http_request" (func $http_request (param i64 i64) (result i64)))
  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
  (func (export "run") (drop (call $http_request (call $alloc (i64.const 8)) (i64.const 0)))))
