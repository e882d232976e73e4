;; A function that calls itself for ever.
;; ends in: stack-exhausted
(module
  (func $f (export "run") (call $f)))
