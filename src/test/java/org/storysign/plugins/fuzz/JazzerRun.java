package org.storysign.plugins.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * One run of Jazzer in a JVM of its own, on this one's class path. Its inputs stay below {@code target/fuzz}, so that the next run goes
 * on from there; what it found lies beside them.
 *
 * @param exit 0 when it found nothing
 * @param executions how many inputs it tried
 * @param log what it said
 */
record JazzerRun(FuzzTarget target, Duration time, int exit, long executions, Path log) {

    private static final Pattern DONE = Pattern.compile("Done (\\d+) runs");

    static JazzerRun of(FuzzTarget target, Duration time) throws IOException, InterruptedException {
        Path work = Path.of("target", "fuzz", target.name().toLowerCase(Locale.ROOT))
                .toAbsolutePath();
        Path corpus = Files.createDirectories(work.resolve("corpus"));
        int number = 0;
        for (byte[] seed : target.corpus()) {
            Files.write(corpus.resolve("seed-" + number++), seed);
        }
        Path log = work.resolve("log");
        Process process = new ProcessBuilder(command(target, time, work, corpus))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new JazzerRun(target, time, process.waitFor(), executions(log), log);
    }

    private static List<String> command(FuzzTarget target, Duration time, Path work, Path corpus) {
        return List.of(
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
    }

    private static long executions(Path log) throws IOException {
        Optional<MatchResult> last =
                DONE.matcher(Files.readString(log)).results().reduce((one, other) -> other);
        return last.map(done -> Long.parseLong(done.group(1))).orElse(0L);
    }

    /** What a person wants to know. */
    String line() {
        return target + ": Jazzer, " + executions + " executions in " + time.toSeconds() + " s, exit " + exit + " ("
                + log + ")";
    }
}
