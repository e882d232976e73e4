package org.storysign.plugins.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./storysign audit verify}, on a trail that a database made (kept in the resources). */
class AuditCommandTest {

    private static final Path TRAIL = Path.of("src", "test", "resources", "audit", "trail.ndjson");
    private static final Path CHECKPOINT = Path.of("src", "test", "resources", "audit", "checkpoint.json");
    private static final Path KEY = Path.of("src", "test", "resources", "audit", "audit.pub");

    @TempDir
    private Path folder = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void a_trail_as_it_was_agrees_with_its_checkpoint() {
        assertThat(verify(TRAIL)).isZero();

        assertThat(out.toString(UTF_8))
                .isEqualTo("6 entries, each of which follows from the one before; the checkpoint agrees.\n");
    }

    @Test
    void an_export_in_parts_is_one_trail() throws IOException {
        List<String> lines = Files.readAllLines(TRAIL);
        Path first = Files.write(folder.resolve("1"), lines.subList(0, 2));
        Path second = Files.write(folder.resolve("2"), lines.subList(2, lines.size()));

        assertThat(run("verify", first.toString(), second.toString())).isZero();
        assertThat(out.toString(UTF_8)).contains("Without a checkpoint");
        assertThat(run("verify", second.toString())).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("its number is 3, expected 1");
    }

    @Test
    void a_line_that_was_changed_or_taken_away_is_named() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(TRAIL));
        lines.set(3, lines.get(3).replace("auditor", "admin"));
        assertThat(verify(Files.write(folder.resolve("changed"), lines))).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("changed line 4 does not belong there: its hash does not fit");

        lines.remove(3);
        assertThat(verify(Files.write(folder.resolve("shorter"), lines))).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("shorter line 4 does not belong there: its number is 5, expected 4");
    }

    @Test
    void an_end_that_was_taken_away_is_named() throws IOException {
        List<String> lines = Files.readAllLines(TRAIL);

        assertThat(verify(Files.write(folder.resolve("cut"), lines.subList(0, 4))))
                .isEqualTo(1);

        assertThat(err.toString(UTF_8)).contains("ends with entry 4", "knows entry 5");
    }

    @Test
    void a_checkpoint_of_somebody_else_is_not_believed() throws IOException {
        Path changed = Files.writeString(
                folder.resolve("checkpoint"), Files.readString(CHECKPOINT).replace("\"sequence\":5", "\"sequence\":4"));

        assertThat(run("verify", TRAIL.toString(), "--checkpoint", changed.toString(), "--key", KEY.toString()))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("is not signed by");
    }

    @Test
    void what_is_no_export_is_said_to_be_none() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "hello\n");

        assertThat(verify(other)).isEqualTo(2);
        assertThat(verify(folder.resolve("absent"))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("other line 1 is no exported entry", "absent cannot be read");
    }

    private int verify(Path trail) {
        return run("verify", trail.toString(), "--checkpoint", CHECKPOINT.toString(), "--key", KEY.toString());
    }

    private int run(String... arguments) {
        return AuditCommand.run(
                new PluginCommand.Streams(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8)),
                arguments);
    }
}
