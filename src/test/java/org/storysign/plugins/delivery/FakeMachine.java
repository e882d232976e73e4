package org.storysign.plugins.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A machine made of a temporary directory: a checkout with the real launcher in it, JDKs and a Maven that are scripts, and a
 * path with the few tools a launcher may count on. Nothing of the real machine's JDKs or Maven is seen.
 */
final class FakeMachine {

    private static final List<String> TOOLS = List.of(
            "bash",
            "basename",
            "cat",
            "cut",
            "dirname",
            "find",
            "grep",
            "id",
            "mkdir",
            "readlink",
            "sed",
            "touch",
            "sleep");

    private final Path root;
    private final Map<String, String> environment = new HashMap<>();

    FakeMachine(Path root) {
        this.root = root;
        for (String tool : TOOLS) {
            script("bin/" + tool, "exec " + realTool(tool) + " \"$@\"");
        }
        file("checkout/pom.xml", "");
        file("checkout/src/main/App.java", "");
        file("checkout/.mvn/jvm.config", "");
        script("bin/nproc", "echo 2");
        copyLauncher();
        environment.put("PATH", root.resolve("bin").toString());
        environment.put("HOME", root.resolve("home").toString());
        environment.put("STORYSIGN_JDK_DIRS", root.resolve("jvm").toString());
    }

    record Answer(int exit, String output, long process) {}

    /** A JDK of a version whose {@code java} prints its process and arguments, one a line. */
    Path jdk(String directory, String version) {
        file(directory + "/release", "JAVA_VERSION=\"" + version + "\"\n");
        script(directory + "/bin/javac", "echo javac " + version);
        script(directory + "/bin/java", "echo process $$; for argument in \"$@\"; do echo \"$argument\"; done");
        return root.resolve(directory);
    }

    /** A Maven of a version that, asked to package, leaves what a build leaves. */
    void maven(String version) {
        script("bin/mvn", """
                if [ "$1" = --version ]; then echo "Apache Maven %s"; exit; fi
                echo "mvn $* with $JAVA_HOME"
                mkdir -p target/quarkus-app
                echo built > target/quarkus-app/quarkus-run.jar
                """.formatted(version));
    }

    void built(Instant when) {
        file("checkout/target/quarkus-app/quarkus-run.jar", "");
        for (String file : List.of("pom.xml", "src/main/App.java", "src/main", ".mvn/jvm.config", ".mvn")) {
            age("checkout/" + file, when.minusSeconds(60));
        }
        age("checkout/target/quarkus-app/quarkus-run.jar", when);
    }

    void age(String file, Instant when) {
        try {
            Files.setLastModifiedTime(root.resolve(file), FileTime.from(when));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FakeMachine with(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    void link(String from, Path to) {
        try {
            Path path = root.resolve(from);
            Files.createDirectories(path.getParent());
            Files.createSymbolicLink(path, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path(String relative) {
        return root.resolve(relative);
    }

    /** Runs the launcher from another directory, as a user would who has it on the path. */
    Answer storysign(String... arguments) {
        return run(root.resolve("checkout/storysign"), arguments);
    }

    Answer run(Path launcher, String... arguments) {
        List<String> command = new ArrayList<>(List.of(realTool("bash").toString(), launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.resolve("bin").toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), output, process.pid());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void script(String file, String body) {
        file(file, "#!" + realTool("bash") + "\n" + body + "\n");
        try {
            Files.setPosixFilePermissions(root.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void file(String file, String text) {
        try {
            Path path = root.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copyLauncher() {
        try {
            Files.copy(Path.of("storysign"), root.resolve("checkout/storysign"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path realTool(String name) {
        for (String directory : List.of("/usr/bin", "/bin")) {
            if (Files.isExecutable(Path.of(directory, name))) {
                return Path.of(directory, name);
            }
        }
        throw new IllegalStateException("this machine has no " + name);
    }
}
