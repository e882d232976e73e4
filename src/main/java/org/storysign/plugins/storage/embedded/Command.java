package org.storysign.plugins.storage.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program that was run to its end.
 *
 * @param exitCode 0 for success; 127 when there is no such program
 * @param output what it wrote, standard output and error together
 */
record Command(int exitCode, String output) {

    boolean succeeded() {
        return exitCode == 0;
    }

    static Command run(List<String> words) {
        try {
            ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Command(process.waitFor(), output);
        } catch (IOException e) {
            return new Command(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Command(130, "interrupted");
        }
    }

    static boolean succeeds(List<String> prefix, String... words) {
        return run(Stream.concat(prefix.stream(), Stream.of(words)).toList()).succeeded();
    }
}
