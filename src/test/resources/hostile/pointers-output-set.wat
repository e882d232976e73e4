;; Calls output_set with pointers that are null, negative, huge or about to wrap.
;; ends in: returned
(module
  (import "extism:host/env" "output_set" (func $output_set (param i64 i64)))
  (memory 1)
  (data (i32.const 0)
    "\00\00\00\00\00\00\00\00" "\01\00\00\00\00\00\00\00" "\3f\00\00\00\00\00\00\00"
    "\ff\ff\ff\ff\ff\ff\ff\ff" "\f8\ff\ff\ff\ff\ff\ff\ff" "\00\00\00\00\00\00\00\80"
    "\ff\ff\ff\ff\ff\ff\ff\7f" "\00\00\00\80\00\00\00\00" "\ff\ff\ff\ff\00\00\00\00"
    "\00\00\00\00\01\00\00\00" "\ff\ff\ff\7f\00\00\00\00" "\00\00\00\00\00\00\00\40")
  (func (export "run") (local $i i32) (local $p i64)
    (loop $l
      (local.set $p (i64.load (local.get $i)))
      (call $output_set (local.get $p) (local.get $p))
      (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 8))) (i32.const 96))))))
