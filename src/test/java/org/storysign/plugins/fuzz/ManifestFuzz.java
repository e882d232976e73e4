package org.storysign.plugins.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.storysign.plugins.manifest.ManifestReader;
import org.storysign.plugins.manifest.ManifestText;
import org.storysign.plugins.problem.ProblemException;

/** Any bytes as a manifest: refused with every violation named, or accepted. */
public final class ManifestFuzz {

    private static final ManifestReader READER = new ManifestReader();

    private ManifestFuzz() {}

    /** Called by Jazzer, once, so that its first executions are not the slow ones. */
    public static void fuzzerInitialize() {
        seeds().forEach(ManifestFuzz::fuzzerTestOneInput);
    }

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        answer(bytes);
    }

    /** Whether it was accepted. */
    static String answer(byte[] bytes) {
        try {
            READER.read(bytes);
            return "accepted";
        } catch (ProblemException refused) {
            Promise.requireKept(refused);
            if (refused.violations().isEmpty()) {
                throw new AssertionError("refused without a violation", refused);
            }
            refused.violations().forEach(violation -> Promise.requireCleanText(violation.detail()));
            return refused.code().code();
        }
    }

    static List<byte[]> seeds() {
        return List.of(
                ManifestText.CONTRACT_EXAMPLE.getBytes(StandardCharsets.UTF_8),
                "{\"manifest_version\": 1, \"id\": \"a-b\", \"name\": \"n\", \"version\": \"1.0.0-rc.1+b\"}"
                        .getBytes(StandardCharsets.UTF_8),
                "{\"manifest_version\": 1e0, \"hooks\": [[[[]]]], \"permissions\": [{\"name\": 1, \"hosts\": [\"*\"]}]}"
                        .getBytes(StandardCharsets.UTF_8));
    }
}
