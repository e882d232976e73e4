package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.wasm.WasmBinary;

/** One running {@link TrialMain}. It has no environment, so none of the service's secrets. Used by one thread at a time. */
final class TrialChild {

    /** Loaded from the jars that the process needs, and no others. */
    private static final List<String> NEEDED = List.of(
            TrialMain.class.getName(),
            Parser.class.getName(),
            Instance.class.getName(),
            MachineFactoryCompiler.class.getName(),
            NullMarked.class.getName(),
            "org.objectweb.asm.ClassVisitor",
            "org.objectweb.asm.commons.InstructionAdapter",
            "org.objectweb.asm.tree.ClassNode",
            "org.objectweb.asm.tree.analysis.Analyzer",
            "org.objectweb.asm.util.CheckClassAdapter");

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
                        classPath(),
                        TrialMain.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        return new TrialChild(builder.start(), heap);
    }

    private static String classPath() {
        return NEEDED.stream()
                .flatMap(name -> origin(name).stream())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static Optional<String> origin(String name) {
        try {
            Class<?> type = Class.forName(name, false, TrialChild.class.getClassLoader());
            return Stream.ofNullable(type.getProtectionDomain().getCodeSource())
                    .map(source -> path(String.valueOf(source.getLocation())))
                    .findFirst();
        } catch (ClassNotFoundException notOfThisVersion) {
            return Optional.empty();
        }
    }

    /** Of {@code file:/a.jar} and of {@code jar:file:/a.jar!/}. */
    private static String path(String location) {
        String file = location.startsWith("jar:") ? location.substring(4, location.indexOf("!/")) : location;
        try {
            return Path.of(new URI(file)).toString();
        } catch (URISyntaxException unknown) {
            throw new IllegalStateException(unknown);
        }
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
