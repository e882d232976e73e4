package org.storysign.plugins;

import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.storysign.plugins.problem.BadSettingException;
import org.storysign.plugins.secret.SecretKeys;

/** With what secrets are encrypted before they are stored. */
@ConfigMapping(prefix = SecretsConfig.PREFIX)
interface SecretsConfig {

    String PREFIX = "storysign.secrets";

    /** What a value begins with that names a file instead of being the key. */
    String FILE = "file:";

    /** By id: {@value SecretKeys#EXPECTED}, or {@code file:} and the path of a file that holds such a key. */
    Map<String, String> keys();

    /** The id of the key that encrypts; may be left out when there is one. */
    Optional<String> active();

    /** Throws {@code BadSettingException}, which never shows a key. */
    default SecretKeys secretKeys() {
        if (keys().isEmpty()) {
            return SecretKeys.NONE;
        }
        return BadSettingException.below(PREFIX, () -> {
            Map<String, String> texts = new TreeMap<>();
            keys().forEach((id, value) -> texts.put(id, text(id, value)));
            String only = texts.size() == 1 ? texts.keySet().iterator().next() : "";
            return SecretKeys.of(texts, active().orElse(only));
        });
    }

    private static String text(String id, String value) {
        if (!value.startsWith(FILE)) {
            return value;
        }
        Path file = Path.of(value.substring(FILE.length()));
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new BadSettingException(PREFIX + ".keys." + id, file, "a file that can be read");
        }
    }
}
