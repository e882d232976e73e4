package org.storysign.plugins.kit;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Small programs that only compute. Each exports {@code main}, from a size to a number, and {@code run}, which computes with a size that takes
 * some milliseconds and answers 0, as a plugin's export that went well does.
 */
public final class Kernels {

    private Kernels() {}

    /** In the text format, by name. */
    public static Map<String, String> all() {
        Map<String, String> kernels = new LinkedHashMap<>();
        kernels.put("recursive fib", kernel(27, """
                (func $main (param $n i32) (result i32)
                  (if (result i32) (i32.lt_s (local.get $n) (i32.const 2)) (then (local.get $n))
                    (else (i32.add (call $main (i32.sub (local.get $n) (i32.const 1)))
                      (call $main (i32.sub (local.get $n) (i32.const 2)))))))
                """));
        kernels.put("sieve", kernel(100, """
                (func $main (param $n i32) (result i32) (local $i i32) (local $j i32) (local $count i32)
                  (local.set $n (i32.mul (local.get $n) (i32.const 4000)))
                  (memory.fill (i32.const 0) (i32.const 0) (local.get $n))
                  (local.set $i (i32.const 2))
                  (loop $next
                    (if (i32.eqz (i32.load8_u (local.get $i)))
                      (then
                        (local.set $count (i32.add (local.get $count) (i32.const 1)))
                        (local.set $j (i32.add (local.get $i) (local.get $i)))
                        (block $done
                          (loop $mark
                            (br_if $done (i32.ge_u (local.get $j) (local.get $n)))
                            (i32.store8 (local.get $j) (i32.const 1))
                            (local.set $j (i32.add (local.get $j) (local.get $i)))
                            (br $mark)))))
                    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
                  (local.get $count))
                """));
        kernels.put("matrix product", kernel(96, """
                (func $main (param $n i32) (result i32)
                  (local $i i32) (local $j i32) (local $k i32) (local $s f64)
                  (loop $rows
                    (local.set $j (i32.const 0))
                    (loop $columns
                      (local.set $k (i32.const 0)) (local.set $s (f64.const 0))
                      (loop $cells
                        (local.set $s (f64.add (local.get $s) (f64.mul
                          (f64.load (i32.mul (i32.const 8) (i32.add (i32.mul (local.get $i) (local.get $n)) (local.get $k))))
                          (f64.load (i32.mul (i32.const 8) (i32.add (i32.mul (local.get $k) (local.get $n)) (local.get $j)))))))
                        (br_if $cells (i32.lt_u (local.tee $k (i32.add (local.get $k) (i32.const 1))) (local.get $n))))
                      (f64.store offset=131072
                        (i32.mul (i32.const 8) (i32.add (i32.mul (local.get $i) (local.get $n)) (local.get $j)))
                        (local.get $s))
                      (br_if $columns (i32.lt_u (local.tee $j (i32.add (local.get $j) (i32.const 1))) (local.get $n))))
                    (br_if $rows (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
                  (local.get $i))
                """));
        kernels.put("calls through a table", kernel(150, """
                (type $op (func (param i32) (result i32)))
                (table 4 funcref) (elem (i32.const 0) $a $b $c $d)
                (func $a (type $op) (i32.add (local.get 0) (i32.const 7)))
                (func $b (type $op) (i32.xor (local.get 0) (i32.const 99)))
                (func $c (type $op) (i32.rotl (local.get 0) (i32.const 3)))
                (func $d (type $op) (if (result i32) (i32.and (local.get 0) (i32.const 1))
                  (then (i32.mul (local.get 0) (i32.const 3))) (else (i32.shr_u (local.get 0) (i32.const 1)))))
                (func $main (param $n i32) (result i32) (local $x i32) (local $i i32)
                  (local.set $i (i32.mul (local.get $n) (i32.const 2000)))
                  (loop $l
                    (local.set $x (call_indirect (type $op) (local.get $x) (i32.and (local.get $i) (i32.const 3))))
                    (br_if $l (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
                  (local.get $x))
                """));
        kernels.put("hash of bytes", kernel(190, """
                (func $main (param $n i32) (result i32) (local $h i32) (local $i i32)
                  (local.set $n (i32.mul (local.get $n) (i32.const 2600)))
                  (loop $l
                    (local.set $h (i32.mul (i32.xor (local.get $h) (i32.load8_u (local.get $i))) (i32.const 16777619)))
                    (if (i32.and (local.get $h) (i32.const 1))
                      (then (local.set $h (i32.add (local.get $h) (local.get $i))))
                      (else (i32.store8 (local.get $i) (local.get $h))))
                    (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
                  (local.get $h))
                """));
        kernels.put("insertion sort", kernel(100, """
                (func $main (param $n i32) (result i32) (local $i i32) (local $j i32) (local $x i32)
                  (local.set $n (i32.mul (local.get $n) (i32.const 20)))
                  (local.set $x (i32.const 12345))
                  (loop $fill
                    (local.set $x (i32.add (i32.mul (local.get $x) (i32.const 1103515245)) (i32.const 12345)))
                    (i32.store (i32.shl (local.get $i) (i32.const 2)) (i32.shr_u (local.get $x) (i32.const 8)))
                    (br_if $fill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
                  (local.set $i (i32.const 1))
                  (loop $outer
                    (local.set $x (i32.load (i32.shl (local.get $i) (i32.const 2))))
                    (local.set $j (i32.sub (local.get $i) (i32.const 1)))
                    (block $placed
                      (loop $shift
                        (br_if $placed (i32.lt_s (local.get $j) (i32.const 0)))
                        (br_if $placed (i32.le_u (i32.load (i32.shl (local.get $j) (i32.const 2))) (local.get $x)))
                        (i32.store (i32.shl (i32.add (local.get $j) (i32.const 1)) (i32.const 2)) (i32.load (i32.shl (local.get $j) (i32.const 2))))
                        (local.set $j (i32.sub (local.get $j) (i32.const 1)))
                        (br $shift)))
                    (i32.store (i32.shl (i32.add (local.get $j) (i32.const 1)) (i32.const 2)) (local.get $x))
                    (br_if $outer (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
                  (i32.load (i32.const 16)))
                """));
        kernels.put("mixing of words", kernel(100, """
                (func $main (param $n i32) (result i32) (local $round i32) (local $i i32) (local $a i32) (local $b i32) (local $c i32)
                  (local.set $n (i32.mul (local.get $n) (i32.const 80)))
                  (local.set $a (i32.const 0x67452301)) (local.set $b (i32.const 0xefcdab89)) (local.set $c (i32.const 0x98badcfe))
                  (loop $rounds
                    (local.set $i (i32.const 0))
                    (loop $words
                      (local.set $c (i32.add (i32.rotl (local.get $a) (i32.const 5)) (i32.add
                        (i32.or (i32.and (local.get $b) (local.get $c)) (i32.and (i32.xor (local.get $b) (i32.const -1)) (local.get $a)))
                        (i32.load (i32.shl (local.get $i) (i32.const 2))))))
                      (i32.store (i32.shl (local.get $i) (i32.const 2)) (i32.xor (local.get $c) (i32.rotr (local.get $b) (i32.const 2))))
                      (local.set $a (i32.add (local.get $b) (local.get $i)))
                      (local.set $b (i32.rotl (local.get $c) (i32.const 30)))
                      (br_if $words (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 80))))
                    (br_if $rounds (i32.lt_u (local.tee $round (i32.add (local.get $round) (i32.const 1))) (local.get $n))))
                  (i32.xor (local.get $a) (local.get $c)))
                """));
        kernels.put("vowels", kernel(100, """
                (func $isVowel (param $c i32) (result i32)
                  (i32.or (i32.or (i32.eq (local.get $c) (i32.const 97)) (i32.eq (local.get $c) (i32.const 101)))
                    (i32.or (i32.eq (local.get $c) (i32.const 105))
                      (i32.or (i32.eq (local.get $c) (i32.const 111)) (i32.eq (local.get $c) (i32.const 117))))))
                (func $main (param $n i32) (result i32) (local $i i32) (local $count i32)
                  (local.set $n (i32.mul (local.get $n) (i32.const 3000)))
                  (loop $fill
                    (i32.store8 (local.get $i) (i32.add (i32.const 97) (i32.rem_u (i32.mul (local.get $i) (i32.const 7)) (i32.const 26))))
                    (br_if $fill (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
                  (local.set $i (i32.const 0))
                  (loop $count
                    (local.set $count (i32.add (local.get $count) (call $isVowel (i32.load8_u (local.get $i)))))
                    (br_if $count (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
                  (local.get $count))
                """));
        return kernels;
    }

    private static String kernel(int size, String functions) {
        return "(module (memory (export \"memory\") 8 8) " + functions + """
                (export "main" (func $main))
                (func (export "run") (result i32) (drop (call $main (i32.const %d))) (i32.const 0)))""".formatted(size);
    }
}
