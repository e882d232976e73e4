package org.storysign.plugins.storage.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a process that was killed left running on a database. A server's processes work in its data directory, so they are known by
 * program and working directory; the number in {@code postmaster.pid} alone may by now belong to somebody else.
 *
 * @param database the data directory
 * @param main the server's main process, if it lives
 * @param processes every process that works in the directory
 */
record LeftoverServer(Path database, Optional<ProcessHandle> main, List<ProcessHandle> processes) {

    static LeftoverServer find(Path database) {
        List<ProcessHandle> processes = ProcessHandle.allProcesses()
                .filter(process -> worksIn(process, database))
                .toList();
        Optional<Long> recorded = recordedPid(database);
        Optional<ProcessHandle> main = processes.stream()
                .filter(process -> recorded.map(pid -> pid == process.pid()).orElse(false))
                .findFirst();
        return new LeftoverServer(database, main, processes);
    }

    boolean isThere() {
        return !processes.isEmpty();
    }

    /** Kills what is left and waits until it is gone. */
    void kill(Duration patience) {
        for (ProcessHandle process : processes) {
            process.destroyForcibly();
            try {
                process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException | ExecutionException e) {
                throw new EmbeddedDatabaseException("Process " + process.pid() + " still works in " + database
                        + " and cannot be ended. End it first.");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EmbeddedDatabaseException("Interrupted while waiting for the former server to end.");
            }
        }
    }

    /** Removes a pid file that names no process of this database: its number may belong to an innocent one. */
    void forget() throws IOException {
        Files.deleteIfExists(database.resolve("postmaster.pid"));
    }

    private static boolean worksIn(ProcessHandle process, Path database) {
        try {
            Path facts = Path.of("/proc", Long.toString(process.pid()));
            Path program = Files.readSymbolicLink(facts.resolve("exe")).getFileName();
            return String.valueOf(program).startsWith("postgres")
                    && Files.readSymbolicLink(facts.resolve("cwd")).equals(database.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<Long> recordedPid(Path database) {
        try {
            return Files.readAllLines(database.resolve("postmaster.pid")).stream()
                    .findFirst()
                    .map(line -> Long.valueOf(line.strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
