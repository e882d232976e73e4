package org.storysign.plugins;

import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.storysign.plugins.problem.BadSettingException;
import org.storysign.plugins.signature.SigningKey;
import org.storysign.plugins.signature.VerificationKey;

/** What signs checkpoints of the audit trail: both keys or neither. */
@ConfigMapping(prefix = AuditConfig.PREFIX)
interface AuditConfig {

    String PREFIX = "storysign.audit";

    /** In PEM, or {@code file:} and the path of a file. */
    Optional<String> privateKey();

    /** In PEM, or {@code file:} and the path of a file. */
    Optional<String> publicKey();

    /** Throws {@code BadSettingException}, which never shows a key. */
    default Optional<SigningKey.Pair> pair() {
        if (privateKey().isEmpty() && publicKey().isEmpty()) {
            return Optional.empty();
        }
        SigningKey signing = key("private-key", privateKey(), SigningKey::parse, SigningKey.EXPECTED);
        VerificationKey verifying = key("public-key", publicKey(), VerificationKey::parse, VerificationKey.EXPECTED);
        byte[] probe = "probe".getBytes(StandardCharsets.UTF_8);
        if (!verifying.verifies(probe, signing.sign(probe))) {
            throw new BadSettingException(
                    PREFIX + ".public-key", verifying.fingerprint(), "the key that belongs to the private one");
        }
        return Optional.of(new SigningKey.Pair(signing, verifying));
    }

    private static <T> T key(
            String name, Optional<String> value, Function<String, Optional<T>> parse, String expected) {
        String setting = PREFIX + "." + name;
        return value.map(text -> text(setting, text))
                .flatMap(parse)
                .orElseThrow(() -> new BadSettingException(
                        setting, value.isEmpty() ? "not set" : "something that is not shown", expected));
    }

    private static String text(String setting, String value) {
        if (!value.startsWith(SecretsConfig.FILE)) {
            return value;
        }
        Path file = Path.of(value.substring(SecretsConfig.FILE.length()));
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new BadSettingException(setting, file, "a file that can be read");
        }
    }
}
