package org.storysign.plugins.storage.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Makes, starts and stops the server with its own programs. */
record ServerControl(DataDirectory directory, ServerPrograms programs, ServerUser user) {

    private static final String PATIENCE_SECONDS = "120";

    /** Stops what a killed process left running; the lock of the directory says that its owner is gone. */
    void stopLeftover(Consumer<String> progress) {
        LeftoverServer leftover = LeftoverServer.find(directory.database());
        if (leftover.isThere()) {
            progress.accept("Stopping the database server that a former process left running ...");
            leftover.main().ifPresent(main -> stop());
            LeftoverServer.find(directory.database()).kill(Duration.ofSeconds(30));
        }
        try {
            leftover.forget();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The former server's pid file cannot be removed: " + e + ".", e);
        }
    }

    /**
     * Makes the database if there is none. It is made aside and renamed, so that a half-made one is never used.
     *
     * @throws EmbeddedDatabaseException also when the one that is there is of another major version
     */
    void createIfAbsent(String superuserPassword, Consumer<String> progress) {
        try {
            if (Files.exists(directory.database())) {
                checkVersion();
                return;
            }
            progress.accept("Making the database in " + directory.database() + " (once, some seconds) ...");
            Path draft = directory.databaseDraft();
            FileTree.delete(draft);
            initialise(draft, superuserPassword);
            Files.move(draft, directory.database(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The database cannot be made: " + e + ".", e);
        }
    }

    private void initialise(Path draft, String superuserPassword) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectory(draft, ownerOnly);
        user.own(draft);
        Path passwordFile = Files.createTempFile(directory.root(), "initial", ".password");
        try {
            Files.writeString(passwordFile, superuserPassword);
            user.own(passwordFile);
            run(
                    "initdb",
                    "--pgdata=" + draft,
                    "--username=" + DatabaseRoles.SUPERUSER,
                    "--auth=scram-sha-256",
                    "--pwfile=" + passwordFile,
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8");
        } finally {
            Files.delete(passwordFile);
        }
        Files.writeString(
                draft.resolve("postgresql.conf"),
                "\ninclude_if_exists = '" + ServerSettings.FILE + "'\n",
                StandardOpenOption.APPEND);
    }

    private void checkVersion() throws IOException {
        Path file = directory.database().resolve("PG_VERSION");
        String found = Files.exists(file) ? Files.readString(file).strip() : "unknown";
        if (!found.equals(ServerPrograms.MAJOR_VERSION)) {
            throw new EmbeddedDatabaseException("The database in " + directory.database() + " is of PostgreSQL " + found
                    + ", this service brings PostgreSQL " + ServerPrograms.MAJOR_VERSION
                    + ". Nothing was changed. Dump it with the release that made it and load it into a new directory.");
        }
    }

    void start(int port) {
        try {
            Path settings = directory.database().resolve(ServerSettings.FILE);
            Files.writeString(settings, ServerSettings.text(port));
            user.own(settings);
            Files.deleteIfExists(startLog());
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The server's settings cannot be written: " + e + ".", e);
        }
        run(
                "pg_ctl",
                "start",
                "--pgdata=" + directory.database(),
                "--wait",
                "--timeout=" + PATIENCE_SECONDS,
                "--silent",
                "--log=" + startLog());
    }

    /** In order: running transactions are rolled back, everything is written out. */
    void stop() {
        run(
                "pg_ctl",
                "stop",
                "--pgdata=" + directory.database(),
                "--mode=fast",
                "--wait",
                "--timeout=" + PATIENCE_SECONDS,
                "--silent");
    }

    private Path startLog() {
        return directory.database().resolve("start.log");
    }

    private void run(String program, String... arguments) {
        List<String> words = new ArrayList<>(user.prefix());
        words.add(programs.program(program).toString());
        words.addAll(List.of(arguments));
        Command command = Command.run(words);
        if (!command.succeeded()) {
            throw new EmbeddedDatabaseException("The embedded database fails: " + program + " ended with "
                    + command.exitCode() + ". " + (command.output() + logTail()).strip());
        }
    }

    private String logTail() {
        try {
            List<String> lines = Files.exists(startLog()) ? Files.readAllLines(startLog()) : List.of();
            return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }
}
