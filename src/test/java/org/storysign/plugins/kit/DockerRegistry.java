package org.storysign.plugins.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A registry of this machine, Debian's {@code docker-registry}, on the loopback address. Without one the tests are skipped and say what
 * to install; where {@code REQUIRE_REGISTRY=1} they fail.
 */
public final class DockerRegistry implements AutoCloseable {

    /** {@link TestSources#PASSWORD} as the registry keeps it, by bcrypt. */
    private static final String HASH = "$2b$04$abcdefghijklmnopqrstuuMW7rijBXKQMxQs6A55XYLyzdzLF4c5S";

    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");
    private static final Path CLIENT = Path.of("/usr/bin/skopeo");

    private final int port;
    private final Process process;

    private DockerRegistry(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** For anybody. */
    public static DockerRegistry open(int port, Path folder) {
        return start(port, folder, "");
    }

    /** For {@link TestSources#USERNAME} alone. */
    public static DockerRegistry locked(int port, Path folder) {
        try {
            Path users = Files.writeString(
                    Files.createDirectories(folder).resolve("htpasswd"), TestSources.USERNAME + ":" + HASH + "\n");
            return start(port, folder, "auth: {htpasswd: {realm: team, path: " + users.toAbsolutePath() + "}}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DockerRegistry start(int port, Path folder, String more) {
        require();
        try {
            Path content = Files.createDirectories(folder.resolve("content")).toAbsolutePath();
            Path settings = Files.writeString(
                    folder.resolve("registry.yml"),
                    "version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\nstorage: {filesystem: {rootdirectory: "
                            + content + "}}\nhttp: {addr: \"127.0.0.1:" + port + "\"}\n" + more);
            Process process = new ProcessBuilder(PROGRAM.toString(), "serve", settings.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("registry.log").toFile())
                    .start();
            DockerRegistry registry = new DockerRegistry(port, process);
            Pauses.await("the registry listens", Duration.ofSeconds(30), registry::listens);
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void require() {
        Optional<Path> missing = Stream.of(PROGRAM, CLIENT)
                .filter(path -> !Files.isExecutable(path))
                .findFirst();
        if (missing.isPresent() && "1".equals(System.getenv("REQUIRE_REGISTRY"))) {
            throw new AssertionError("REQUIRE_REGISTRY=1, and there is no " + missing.get());
        }
        Assumptions.assumeTrue(
                missing.isEmpty(),
                "skipped: there is no registry or no other client; install docker-registry and skopeo");
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Copies an artifact into a folder by skopeo, a client that has nothing in common with ours. */
    public void copy(String artifact, Path folder, String... options) {
        try {
            Process copy = new ProcessBuilder(Stream.concat(
                                    Stream.of(CLIENT.toString(), "copy", "--src-tls-verify=false"),
                                    Stream.concat(
                                            Stream.of(options),
                                            Stream.of("docker://localhost:" + port + "/" + artifact, "dir:" + folder)))
                            .toList())
                    .inheritIO()
                    .start();
            if (!copy.waitFor(1, TimeUnit.MINUTES) || copy.exitValue() != 0) {
                throw new AssertionError("skopeo could not copy " + artifact);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
