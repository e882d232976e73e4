package org.storysign.plugins.storage.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** An embedded database held by another virtual machine, which can be killed. */
final class HeldDatabase {

    private static final String READY = "ready";

    private HeldDatabase() {}

    /** In the child: starts, says so, and waits for its end. Arguments: data directory, programs. */
    public static void main(String... arguments) throws IOException {
        DataDirectory directory = new DataDirectory(Path.of(arguments[0]), Path.of(arguments[1]));
        try (EmbeddedDatabase database = EmbeddedDatabase.start(directory, progress -> {})) {
            System.out.println(READY);
            System.in.read();
        } catch (EmbeddedDatabaseException e) {
            System.out.println(e.getMessage());
        }
    }

    /** In the test: the child, and the line it said. */
    record Child(Process process, String said) {

        boolean isReady() {
            return said.equals(READY);
        }

        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }
    }

    static Child start(DataDirectory directory) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        HeldDatabase.class.getName(),
                        directory.root().toString(),
                        directory.programs().toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        return new Child(process, String.valueOf(output.readLine()));
    }
}
