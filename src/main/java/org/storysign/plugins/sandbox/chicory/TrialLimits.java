package org.storysign.plugins.sandbox.chicory;

import java.time.Duration;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.wasm.WasmBinary;

/**
 * What a module may take of the process that tries it. Time and heap are those of a module without content; one with content gets 2 s and
 * 64 MiB more for each of its MiB, which is twice what Go's modules of 2 to 4 MiB need (decisions/024).
 *
 * @param processorTime of all its threads together; a module that takes more is too heavy, however busy the machine is
 * @param patience how long an upload waits in all: for its turn, for the process and for the trial; longer is nobody's fault
 * @param heap at least 1 MiB; a module that needs more is too heavy
 */
public record TrialLimits(Duration processorTime, Duration patience, MemorySize heap) {

    private static final MemorySize LEAST_HEAP = MemorySize.ofMiB(1);
    private static final int HEAP_OF_A_BYTE = 64;
    private static final int NANOS_OF_A_BYTE = 2_000_000_000 >> 20;

    public static final TrialLimits USUAL =
            new TrialLimits(Duration.ofSeconds(5), Duration.ofSeconds(45), MemorySize.ofMiB(256));

    public TrialLimits {
        if (!processorTime.isPositive() || processorTime.compareTo(patience) >= 0) {
            throw new IllegalArgumentException("the processor time is " + processorTime + ", the patience " + patience
                    + ", expected a time longer than nothing and a patience longer than that");
        }
        if (heap.compareTo(LEAST_HEAP) < 0) {
            throw new IllegalArgumentException("the heap is " + heap + ", expected at least " + LEAST_HEAP);
        }
    }

    Duration processorTime(WasmBinary module) {
        return processorTime.plusNanos((long) NANOS_OF_A_BYTE * module.size());
    }

    MemorySize heap(WasmBinary module) {
        return new MemorySize(heap.bytes() + (long) HEAP_OF_A_BYTE * module.size());
    }
}
