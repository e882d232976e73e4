;; call: main 2
;; fuel: 57354
;;
;; Growing by n = 2 pages: local.get, memory.grow, drop = 3, and 2 x 8,192 = 16,384: 16,387.
;; Growing by 0 pages: i32.const, memory.grow, drop = 3, and nothing more: 3.
;; Growing by 5 pages fails, because the maximum is 3 pages, but is charged all the same: 3 + 5 x 8,192 = 40,963.
;; memory.size = 1. In all 16,387 + 3 + 40,963 + 1 = 57,354.
(module
  (memory 1 3)
  (func (export "main") (param $n i32) (result i32)
    (drop (memory.grow (local.get $n)))
    (drop (memory.grow (i32.const 0)))
    (drop (memory.grow (i32.const 5)))
    (memory.size)))
