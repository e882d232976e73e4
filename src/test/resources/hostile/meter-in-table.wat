;; Looks for the meter through every entry of its table: none of them is the meter's.
;; ends in: indirect-call-mismatch
(module
  (type $none (func))
  (table 16 16 funcref)
  (func (export "run") (local $i i32)
    (loop $l
      (if (i32.eqz (ref.is_null (table.get 0 (local.get $i)))) (then (return)))
      (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 16))))
    (call_indirect (type $none) (i32.const 0))))
