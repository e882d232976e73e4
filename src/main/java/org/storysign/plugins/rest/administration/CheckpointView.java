package org.storysign.plugins.rest.administration;

import java.time.Instant;
import java.util.Base64;
import org.storysign.plugins.security.SignedCheckpoint;

/**
 * A signed checkpoint.
 *
 * @param sequence the number of the last entry
 * @param hash its hash, hexadecimal
 * @param key the fingerprint of the key that signed
 * @param signature base64
 */
public record CheckpointView(String tenant, long sequence, String hash, Instant at, String key, String signature) {

    static CheckpointView of(SignedCheckpoint signed) {
        return new CheckpointView(
                signed.checkpoint().tenant().value(),
                signed.checkpoint().sequence(),
                signed.checkpoint().hash(),
                signed.checkpoint().at(),
                signed.key().value(),
                Base64.getEncoder().encodeToString(signed.signature()));
    }
}
