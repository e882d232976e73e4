;; Aborts in its constructors.
;; ends in: unreachable
(module
  (func (export "__wasm_call_ctors") unreachable)
  (func (export "run")))
