;; Asks for an HTTP request that does not exist.
;; ends in: http-failed
;; level: standard
(module
  (import "extism:host/env" "http_request" (func $http_request (param i64 i64) (result i64)))
  (func (export "run") (drop (call $http_request (i64.const 0) (i64.const -1)))))
