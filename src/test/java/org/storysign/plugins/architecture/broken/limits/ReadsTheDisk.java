package org.storysign.plugins.architecture.broken.limits;

import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at this machine's files. */
final class ReadsTheDisk {

    private ReadsTheDisk() {}

    static boolean finds(String name) {
        return Files.exists(Path.of(name));
    }
}
