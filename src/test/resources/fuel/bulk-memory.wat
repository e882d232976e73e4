;; call: main 1000
;; fuel: 390
;;
;; memory.fill of n = 1000 bytes: i32.const, i32.const, local.get, memory.fill = 4, and 1000 / 8 = 125: 129.
;; memory.copy of 2007 bytes: three i32.const, memory.copy = 4, and 2007 / 8 = 250, rounded down: 254.
;; memory.init of 5 bytes: three i32.const, memory.init = 4, and 5 / 8 = 0: 4.
;; data.drop = 1; i32.const, i32.load8_u = 2. In all 129 + 254 + 4 + 1 + 2 = 390.
(module
  (memory 1)
  (data $greeting "hello")
  (func (export "main") (param $n i32) (result i32)
    (memory.fill (i32.const 16) (i32.const 7) (local.get $n))
    (memory.copy (i32.const 4096) (i32.const 16) (i32.const 2007))
    (memory.init $greeting (i32.const 0) (i32.const 0) (i32.const 5))
    (data.drop $greeting)
    (i32.load8_u (i32.const 4))))
