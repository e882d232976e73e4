;; Leaves a counted function in every way, hoping to be paid depth back twice.
;; ends in: stack-exhausted
(module
  (func (export "run") (local $i i32)
    (loop $l
      (drop (call $leave (local.get $i)))
      (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 20000))))
    (call $down))
  (func $leave (param i32) (result i32)
    (block $b (result i32)
      (if (i32.eqz (local.get 0)) (then (return (i32.const 1))))
      (br_if $b (i32.const 2) (i32.and (local.get 0) (i32.const 1)))
      (br_table $b 1 $b (i32.const 3) (i32.and (local.get 0) (i32.const 2))))
    (if (param i32) (result i32) (i32.eq (local.get 0) (i32.const -1)) (then (drop) (call $leave (i32.const 0)))))
  (func $down (call $down)))
