package org.storysign.plugins.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Lists that are public promises, kept as files under {@code src/test/resources/golden}: a change of one shows in the commit that makes
 * it. What was found is written beside the test reports, to be copied when the change is meant.
 */
public final class Golden {

    private static final Path KEPT = Path.of("src", "test", "resources", "golden");
    private static final Path FOUND = Path.of("target", "golden");

    private Golden() {}

    public static void assertUnchanged(String file, List<String> lines) {
        assertUnchanged(KEPT.resolve(file), lines);
    }

    /** The same for a file that is made for readers and lies where they look for it. */
    public static void assertUnchanged(Path kept, List<String> lines) {
        Path found = FOUND.resolve(kept.getFileName());
        try {
            Files.createDirectories(FOUND);
            Files.write(found, lines);
            assertThat(lines).as("%s, found in %s", kept, found).containsExactlyElementsOf(Files.readAllLines(kept));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
