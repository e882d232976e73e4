;; Aborts before it was called.
;; ends in: unreachable
(module
  (func (export "_initialize") unreachable)
  (func (export "run")))
