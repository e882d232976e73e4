package org.storysign.plugins.wasm.fuel;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.storysign.plugins.kit.MeteredRunner;
import org.storysign.plugins.kit.MeteredRunner.Budget;
import org.storysign.plugins.kit.MeteredRunner.Engine;
import org.storysign.plugins.kit.Wat;

/** Prints how much longer kernels run when they are metered: CPU time, medians of interleaved rounds. Run by hand. */
final class MeteringOverhead {

    private static final int WARM_UP = 12;
    private static final int ROUNDS = 21;

    private static final Map<String, String> KERNELS = new LinkedHashMap<>();

    static {
        KERNELS.put("recursive fib", """
                (func $main (export "main") (param $n i32) (result i32)
                  (if (result i32) (i32.lt_s (local.get $n) (i32.const 2)) (then (local.get $n))
                    (else (i32.add (call $main (i32.sub (local.get $n) (i32.const 1)))
                      (call $main (i32.sub (local.get $n) (i32.const 2)))))))
                """);
        KERNELS.put("sieve", """
                (memory 2)
                (func (export "main") (param $n i32) (result i32) (local $i i32) (local $j i32) (local $count i32)
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
                """);
        KERNELS.put("matrix product", """
                (memory 4)
                (func (export "main") (param $n i32) (result i32) (local $i i32) (local $j i32) (local $k i32) (local $s f64)
                  (loop $rows
                    (local.set $j (i32.const 0))
                    (loop $columns
                      (local.set $k (i32.const 0)) (local.set $s (f64.const 0))
                      (loop $cells
                        (local.set $s (f64.add (local.get $s) (f64.mul
                          (f64.load (i32.mul (i32.const 8) (i32.add (i32.mul (local.get $i) (i32.const 48)) (local.get $k))))
                          (f64.load (i32.mul (i32.const 8) (i32.add (i32.mul (local.get $k) (i32.const 48)) (local.get $j)))))))
                        (br_if $cells (i32.lt_u (local.tee $k (i32.add (local.get $k) (i32.const 1))) (i32.const 48))))
                      (f64.store offset=65536 (i32.mul (i32.const 8) (i32.add (i32.mul (local.get $i) (i32.const 48)) (local.get $j)))
                        (local.get $s))
                      (br_if $columns (i32.lt_u (local.tee $j (i32.add (local.get $j) (i32.const 1))) (i32.const 48))))
                    (br_if $rows (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 48))))
                  (local.get $i))
                """);
        KERNELS.put("calls through a table", """
                (type $op (func (param i32) (result i32)))
                (table 4 funcref) (elem (i32.const 0) $a $b $c $d)
                (func $a (type $op) (i32.add (local.get 0) (i32.const 7)))
                (func $b (type $op) (i32.xor (local.get 0) (i32.const 99)))
                (func $c (type $op) (i32.rotl (local.get 0) (i32.const 3)))
                (func $d (type $op) (if (result i32) (i32.and (local.get 0) (i32.const 1))
                  (then (i32.mul (local.get 0) (i32.const 3))) (else (i32.shr_u (local.get 0) (i32.const 1)))))
                (func (export "main") (param $n i32) (result i32) (local $x i32) (local $i i32)
                  (local.set $i (i32.mul (local.get $n) (i32.const 2000)))
                  (loop $l
                    (local.set $x (call_indirect (type $op) (local.get $x) (i32.and (local.get $i) (i32.const 3))))
                    (br_if $l (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
                  (local.get $x))
                """);
        KERNELS.put("hash of bytes", """
                (memory 1)
                (func (export "main") (param $n i32) (result i32) (local $h i32) (local $i i32)
                  (local.set $n (i32.mul (local.get $n) (i32.const 2600)))
                  (loop $l
                    (local.set $h (i32.mul (i32.xor (local.get $h) (i32.load8_u (local.get $i))) (i32.const 16777619)))
                    (if (i32.and (local.get $h) (i32.const 1))
                      (then (local.set $h (i32.add (local.get $h) (local.get $i))))
                      (else (i32.store8 (local.get $i) (local.get $h))))
                    (br_if $l (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $n))))
                  (local.get $h))
                """);
    }

    private MeteringOverhead() {}

    public static void main(String[] arguments) {
        for (Engine engine : Engine.values()) {
            double product = 1;
            for (Map.Entry<String, String> kernel : KERNELS.entrySet()) {
                double ratio = ratio(engine, Wat.assemble("(module " + kernel.getValue() + ")"));
                product *= ratio;
                System.out.printf("%s | %s | %.2f%n", engine, kernel.getKey(), ratio);
            }
            System.out.printf("%s | geometric mean | %.2f%n", engine, Math.pow(product, 1.0 / KERNELS.size()));
        }
    }

    private static double ratio(Engine engine, byte[] module) {
        long argument = engine == Engine.COMPILER ? 25 : 18;
        List<MeteredRunner> runners =
                List.of(MeteredRunner.plain(engine, module), MeteredRunner.metered(engine, Metered.of(module)));
        double[][] times = new double[2][ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (int which = 0; which < 2; which++) {
                double time = timeOf(runners.get(which), argument);
                if (round >= 0) {
                    times[which][round] = time;
                }
            }
        }
        return median(times[1]) / median(times[0]);
    }

    private static double timeOf(MeteredRunner runner, long argument) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        runner.run(Budget.AMPLE, "main", argument);
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
