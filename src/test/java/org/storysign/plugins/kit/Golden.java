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
        try {
            Files.createDirectories(FOUND);
            Files.write(FOUND.resolve(file), lines);
            assertThat(lines)
                    .as("%s, found in %s", file, FOUND.resolve(file))
                    .containsExactlyElementsOf(Files.readAllLines(KEPT.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
