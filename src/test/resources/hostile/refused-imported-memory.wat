;; Wants the host's memory.
;; ends in: module-rejected
(module
  (import "env" "memory" (memory 1))
  (func (export "run")))
