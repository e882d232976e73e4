;; An endless loop in __wasm_call_ctors, which runs before the export.
;; ends in: fuel-exhausted
(module
  (func (export "__wasm_call_ctors") (loop $l (br $l)))
  (func (export "run")))
