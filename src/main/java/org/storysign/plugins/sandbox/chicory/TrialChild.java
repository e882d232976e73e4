package org.storysign.plugins.sandbox.chicory;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.wasm.WasmBinary;

/** One running {@link TrialMain}. It has no environment, so none of the service's secrets. Used by one thread at a time. */
final class TrialChild {

    /** The status with which {@code ExitOnOutOfMemoryError} ends a JVM. */
    private static final int OUT_OF_MEMORY = 3;

    /** From the end of what it says to its own. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Process process;
    private final DataOutputStream modules;
    private final MemorySize heap;

    private TrialChild(Process process, MemorySize heap) {
        this.process = process;
        this.modules = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        this.heap = heap;
    }

    static TrialChild start(MemorySize heap) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + (heap.bytes() >> 20) + "m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:MaxMetaspaceSize=128m",
                        "-XX:MaxDirectMemorySize=16m",
                        "-XX:ReservedCodeCacheSize=48m",
                        "-XX:TieredStopAtLevel=1",
                        // The engine's validator is one large method.
                        "-XX:-DontCompileHugeMethods",
                        "-XX:+UseSerialGC",
                        "-cp",
                        EngineClassPath.with(),
                        TrialMain.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        return new TrialChild(builder.start(), heap);
    }

    /** Whether it can be given something that needs so much heap. */
    boolean hasHeap(MemorySize needed) {
        return process.isAlive() && heap.compareTo(needed) >= 0;
    }

    MemorySize heap() {
        return heap;
    }

    /** Waits until it reads modules; whether it does. */
    boolean comesUp() {
        return hears(TrialMain.READY);
    }

    /** Sends a module; whether the process is there afterwards. Waits as long as the process lives. */
    boolean survives(WasmBinary module, SecurityLevel level) {
        try {
            modules.writeInt(level.ordinal());
            modules.writeInt(module.size());
            modules.write(module.toBytes());
            modules.flush();
        } catch (IOException gone) {
            return false;
        }
        return hears(TrialMain.SURVIVED);
    }

    private boolean hears(int word) {
        try {
            return process.getInputStream().read() == word;
        } catch (IOException gone) {
            return false;
        }
    }

    /** What all its threads used so far; nothing when it is gone, or where the system does not tell. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Of one that answers no more: whether its first OutOfMemoryError ended it. Nothing else does with this status. */
    boolean endedWithoutMemory() {
        try {
            return process.waitFor(LAST_WORDS.toNanos(), TimeUnit.NANOSECONDS) && process.exitValue() == OUT_OF_MEMORY;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void kill() {
        process.destroyForcibly();
    }
}
