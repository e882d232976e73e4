package org.storysign.plugins.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.storysign.plugins.kit.Pauses;

/** The commands of README.md, as they stand there but for the port and the data directory, answer what it says. */
class ReadmeIT {

    private static final Path README = Path.of("README.md");
    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final String FIRST_ANSWER = "The **** frog jumped over the log.";
    private static final String ANSWER_AFTER_CONFIGURATION = "The damn #### jumped over the log.";
    private static final String OWN_STATISTICS = "\"suggested_difficulty\":\"hard\"";
    private static final String MASKED = "some **** text";

    @TempDir
    Path directory;

    @Test
    void a_reader_who_types_the_commands_sees_what_is_promised() throws IOException, InterruptedException {
        String readme = Files.readString(README);
        assertThat(readme).contains(FIRST_ANSWER, ANSWER_AFTER_CONFIGURATION, OWN_STATISTICS, MASKED);
        List<String> blocks = BLOCK.matcher(readme)
                .results()
                .filter(block -> block.group(1).isEmpty())
                .map(MatchResult::group)
                .toList();
        String serve = block(blocks, "./storysign serve\n");
        String firstSteps = block(blocks, "/api/plugins/hooks/story_generation");
        String author = block(blocks, "plugin validate");
        String endpoint = block(blocks, "/endpoints/custom-analytics");
        String signatures = block(blocks, "plugin keygen");
        String upload = block(blocks, "/api/plugins/upload");
        String audit = block(blocks, "/audit/checkpoint");
        String observe = block(blocks, "/profanity-filter/mode");
        String shared = block(blocks, "/api/plugins/shared");
        String trust = block(blocks, "/api/plugins/blocked-digests");
        int port = freePort();

        Path log = directory.resolve("service.log");
        Process service = bash(
                "exec " + serve.strip() + " --port " + port + " --data-dir '" + directory.resolve("data") + "'", log);
        try {
            assertThat(Pauses.until(
                            PATIENCE, () -> !service.isAlive() || said(log).contains("StorySign Plugins is up")))
                    .as(said(log))
                    .isTrue();
            assertThat(said(log)).contains("plugin profanity-filter 1.0.0: enabled");

            assertThat(answer(firstSteps, port)).contains("\"profanity-filter\"", FIRST_ANSWER, "\"words\":[\"frog\"]");
            assertThat(answer(firstSteps, port)).contains(ANSWER_AFTER_CONFIGURATION, "\"precondition-failed\"");
            assertThat(answer(author, port)).contains(MASKED).doesNotContain("refused");
            assertThat(answer(keyOf(firstSteps) + endpoint, port)).contains("\"practised\":1", OWN_STATISTICS);
            assertThat(answer(keyOf(firstSteps) + upload, port))
                    .contains("\"state\":\"enabled\"")
                    .doesNotContain("\"status\":4");
            assertThat(answer(keyOf(firstSteps) + onACopy(signatures, port), port))
                    .contains(
                            "signed by this key",
                            "1 signature",
                            "was there already: profanity-filter",
                            "\"publisher\":\"acme\"")
                    .doesNotContain("\"status\":4");
            assertThat(answer(keyOf(firstSteps) + audit, port))
                    .contains("\"intact\":true", "\"result\":\"agrees\"", "the checkpoint agrees.");
            assertThat(answer(keyOf(firstSteps) + trust, port))
                    .contains("\"possible\":true", "\"score\":", "\"everywhere\":true", "\"state\":\"enabled\"")
                    .doesNotContain("\"status\":4");
            assertThat(answer(keyOf(firstSteps) + observe, port))
                    .contains("\"mode\":\"observe\"", "\"mode\":\"active\"")
                    .doesNotContain("\"status\":4");
            assertThat(answer(keyOf(firstSteps) + shared, port))
                    .contains("\"tenants\":0", "\"origin\":\"shared\"", "\"state\":\"enabled\"")
                    .doesNotContain("\"status\":4");
        } finally {
            service.destroy();
            assertThat(service.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** The commands for another folder of the same plugin, so that nothing is left in this one. */
    private String onACopy(String commands, int port) throws IOException {
        Path folder = directory.resolve("signed");
        Files.createDirectories(folder);
        for (String file : List.of("manifest.json", "plugin.wasm")) {
            Files.copy(Path.of("wasm-plugins", "profanity-filter", file), folder.resolve(file));
        }
        return commands.replace("wasm-plugins/profanity-filter", folder.toString())
                .replace("plugin push", "plugin push --url http://127.0.0.1:" + port);
    }

    /** The line that reads the key, which later blocks rely on. */
    private static String keyOf(String block) {
        return block.lines().filter(line -> line.startsWith("KEY=")).findFirst().orElseThrow() + "\n";
    }

    private String answer(String commands, int port) throws IOException, InterruptedException {
        String here = commands.replace("localhost:8080", "127.0.0.1:" + port)
                .replace(".data/", directory.resolve("data") + "/");
        Path output = Files.createTempFile(directory, "answer-", ".txt");
        Process process = bash("set -e\n" + here, output);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said(output)).isZero();
        return said(output);
    }

    private static Process bash(String commands, Path output) throws IOException {
        return new ProcessBuilder("bash", "-c", commands)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static String block(List<String> blocks, String part) {
        return blocks.stream()
                .filter(block -> block.contains(part))
                .findFirst()
                .map(block -> block.replace("```", "").strip() + "\n")
                .orElseThrow(() -> new AssertionError("README has no block with " + part));
    }

    private static String said(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "";
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
