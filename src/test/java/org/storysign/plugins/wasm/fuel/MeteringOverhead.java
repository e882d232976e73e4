package org.storysign.plugins.wasm.fuel;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.storysign.plugins.kit.Kernels;
import org.storysign.plugins.kit.MeteredRunner;
import org.storysign.plugins.kit.MeteredRunner.Budget;
import org.storysign.plugins.kit.MeteredRunner.Engine;
import org.storysign.plugins.kit.Wat;

/** Prints how much longer kernels run when they are metered: CPU time, medians of interleaved rounds. Run by hand. */
final class MeteringOverhead {

    private static final int WARM_UP = 12;
    private static final int ROUNDS = 21;

    private MeteringOverhead() {}

    public static void main(String[] arguments) {
        Map<String, String> kernels = Kernels.all();
        for (Engine engine : Engine.values()) {
            double product = 1;
            for (Map.Entry<String, String> kernel : kernels.entrySet()) {
                double ratio = ratio(engine, Wat.assemble(kernel.getValue()));
                product *= ratio;
                System.out.printf("%s | %s | %.2f%n", engine, kernel.getKey(), ratio);
            }
            System.out.printf("%s | geometric mean | %.2f%n", engine, Math.pow(product, 1.0 / kernels.size()));
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
