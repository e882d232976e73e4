package org.storysign.plugins.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.TestDatabase;

/** The packaged service in a process of its own, on a free port, on the tests' database. */
final class ServiceProcess implements AutoCloseable {

    static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:\\s]+:(\\d+)");
    private static final List<String> USUAL = List.of("-Xmx384m", "-XX:TieredStopAtLevel=1");

    private final String name;
    private final Process process;
    private final Path log;
    private final URI address;

    private ServiceProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.address = awaitAddress();
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param name what its database connections call themselves
     */
    static ServiceProcess start(String name, String... jvmOptions) {
        return startWith(name, Map.of(), jvmOptions);
    }

    /**
     * The same with settings.
     *
     * @param settings go by the environment, as an operator's secrets do
     */
    static ServiceProcess startWith(String name, Map<String, String> settings, String... jvmOptions) {
        return startFrom(JAR, name, settings, jvmOptions);
    }

    /** The same of another build. */
    static ServiceProcess startFrom(Path jar, String name, Map<String, String> settings, String... jvmOptions) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:-DontCompileHugeMethods", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(jvmOptions.length == 0 ? USUAL : List.of(jvmOptions));
        command.add("-Dquarkus.http.port=0");
        command.add("-Dquarkus.http.host=127.0.0.1");
        command.add("-Dquarkus.datasource.reactive.additional-properties.application_name=" + name);
        command.addAll(List.of("-jar", jar.toString()));
        try {
            Path log = Files.createTempFile(Files.createDirectories(Path.of("target", "packaged")), name + "-", ".log");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .directory(Path.of("").toAbsolutePath().toFile());
            Map<String, String> environment = builder.environment();
            TestDatabase.address()
                    .asConfiguration()
                    .forEach((setting, value) -> environment.put(environmentName(setting), value));
            environment.put("STORYSIGN_ADMIN_KEY", TestDatabase.ADMIN_KEY);
            settings.forEach((setting, value) -> environment.put(environmentName(setting), value));
            return new ServiceProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    long pid() {
        return process.pid();
    }

    URI address() {
        return address;
    }

    /** Ends it as kill -9 does, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(name + " does not end");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI awaitAddress() {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            String said = said();
            Matcher matcher = LISTENING.matcher(said);
            if (matcher.find()) {
                return URI.create("http://127.0.0.1:" + matcher.group(1));
            }
            if (!process.isAlive()) {
                throw new IllegalStateException(name + " ended: " + said);
            }
            Pauses.brief();
        }
        process.destroyForcibly();
        throw new IllegalStateException(name + " did not listen in time: " + said());
    }

    /** What it has written so far. */
    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of a setting as an environment variable. */
    static String environmentName(String setting) {
        return setting.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }
}
