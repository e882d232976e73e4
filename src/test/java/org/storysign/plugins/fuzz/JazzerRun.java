package org.storysign.plugins.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One run of Jazzer in a JVM of its own, on this one's class path. */
final class JazzerRun {

    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs");

    private JazzerRun() {}

    /** Its exit code: 0 when it found nothing. What it found stays in {@code work}, what it said in {@code log}. */
    static int of(FuzzTarget target, Duration time, Path work, Path log) throws IOException, InterruptedException {
        Path corpus = Files.createDirectories(work.resolve("corpus"));
        int number = 0;
        for (byte[] seed : target.seeds()) {
            Files.write(corpus.resolve("seed-" + number++), seed);
        }
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx1g",
                "-XX:-DontCompileHugeMethods",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.jazzerClass(),
                "--instrumentation_includes=org.storysign.plugins.**",
                "--reproducer_path=" + work,
                "-artifact_prefix=" + work + "/",
                "-max_total_time=" + time.toSeconds(),
                "-rss_limit_mb=4096",
                "-timeout=60",
                corpus.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return process.waitFor();
    }

    static long executions(Path log) throws IOException {
        Optional<MatchResult> last =
                DONE.matcher(Files.readString(log)).results().reduce((one, other) -> other);
        return last.map(done -> Long.parseLong(done.group(1))).orElse(0L);
    }
}
