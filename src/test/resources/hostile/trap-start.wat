;; Aborts in the start section.
;; ends in: unreachable
(module
  (func $start (unreachable))
  (start $start)
  (func (export "run")))
