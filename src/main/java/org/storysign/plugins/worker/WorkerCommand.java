package org.storysign.plugins.worker;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.sandbox.chicory.EngineClassPath;

/** How a worker is started: without environment, without network and in a user namespace of its own where the system lets it. */
final class WorkerCommand {

    /** What the Java machine and the engine need beside what a guest may use. */
    private static final MemorySize BASE = MemorySize.ofMiB(32);

    /** A guest's array while it grows exists twice, and the kernel's memory beside it. */
    private static final int HEAP_OF_A_BYTE = 3;

    private static final List<String> NAMESPACES = List.of("unshare", "--user", "--net", "--ipc", "--uts", "--");
    private static final int LONGEST_ATTEMPT_SECONDS = 10;

    private final List<String> command = new ArrayList<>();
    private final boolean namespaces;

    WorkerCommand(ConfinementDemand demand) {
        this.namespaces = demand != ConfinementDemand.OFF && hasNamespaces();
        if (namespaces) {
            command.addAll(NAMESPACES);
        }
        MemorySize heap = new MemorySize(BASE.bytes()
                + HEAP_OF_A_BYTE * SecurityLevel.ISOLATED.limits().memory().bytes());
        command.addAll(List.of(
                java(),
                "-Xmx" + (heap.bytes() >> 20) + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:MaxMetaspaceSize=64m",
                "-XX:MaxDirectMemorySize=4m",
                "-XX:ReservedCodeCacheSize=32m",
                "-XX:+UseSerialGC",
                "-XX:ActiveProcessorCount=1",
                "-XX:-UseContainerSupport",
                "-XX:-UsePerfData",
                "-XX:+DisableAttachMechanism",
                "-XX:+DisplayVMOutputToStderr",
                "-XX:-DontCompileHugeMethods",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                EngineClassPath.with(JsonMapper.class, JsonFactory.class, JsonProperty.class),
                WorkerMain.class.getName(),
                demand.name()));
    }

    /** Whether workers have no network because there is none where they are, whatever they call. */
    boolean namespaces() {
        return namespaces;
    }

    Process start() throws IOException {
        return started(command);
    }

    private static Process started(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.directory(Path.of("/").toFile());
        builder.environment().clear();
        return builder.start();
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static boolean hasNamespaces() {
        List<String> attempt = new ArrayList<>(NAMESPACES);
        attempt.add("true");
        try {
            Process process = started(attempt);
            boolean ended = process.waitFor(LONGEST_ATTEMPT_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
