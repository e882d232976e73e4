;; Recursion in the start section.
;; ends in: stack-exhausted
(module
  (func $f (call $f))
  (start $f)
  (func (export "run")))
