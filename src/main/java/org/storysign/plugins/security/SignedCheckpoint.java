package org.storysign.plugins.security;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.audit.AuditCheckpoint;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.signature.SigningKey;
import org.storysign.plugins.signature.VerificationKey;

/**
 * A checkpoint and who stands behind it.
 *
 * @param key the fingerprint of the key that signed
 */
public record SignedCheckpoint(AuditCheckpoint checkpoint, Digest key, byte[] signature) {

    /** The members of its JSON. */
    public static final Set<String> MEMBERS = Set.of("tenant", "sequence", "hash", "at", "key", "signature");

    private static final int LONGEST_SIGNATURE = 128;

    /** Its JSON. Empty when something was reported. */
    public static Optional<SignedCheckpoint> read(JsonFields fields) {
        fields.require("tenant", "sequence", "hash", "at", "key", "signature");
        Optional<TenantId> tenant = fields.parsed("tenant", TenantId::parse, "a tenant's id");
        Optional<Long> sequence = fields.integer("sequence", 0, Long.MAX_VALUE);
        Optional<Digest> hash = fields.parsed("hash", text -> Digest.parse("sha256:" + text), "64 hexadecimal digits");
        Optional<Instant> at = fields.parsed("at", SignedCheckpoint::instant, "a time such as 2026-11-23T09:00:00Z");
        Optional<Digest> key = fields.parsed("key", Digest::parse, "the fingerprint of a key");
        Optional<byte[]> signature = fields.parsed("signature", SignedCheckpoint::base64, "base64");
        if (tenant.isEmpty() || sequence.isEmpty() || hash.isEmpty() || at.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        AuditCheckpoint checkpoint =
                new AuditCheckpoint(tenant.get(), sequence.get(), hash.get().hex(), at.get());
        return signature.map(bytes -> new SignedCheckpoint(checkpoint, key.get(), bytes));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> base64(String text) {
        try {
            return Optional.of(text)
                    .filter(given -> given.length() <= LONGEST_SIGNATURE)
                    .map(Base64.getDecoder()::decode);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    static SignedCheckpoint of(AuditCheckpoint checkpoint, SigningKey.Pair pair) {
        return new SignedCheckpoint(
                checkpoint, pair.verifying().fingerprint(), pair.signing().sign(checkpoint.bytes()));
    }

    /** What {@link #read} reads. */
    public String json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("tenant", checkpoint.tenant().value())
                .put("sequence", checkpoint.sequence())
                .put("hash", checkpoint.hash())
                .put("at", checkpoint.at().toString())
                .put("key", key.value())
                .put("signature", Base64.getEncoder().encodeToString(signature))
                .toString();
    }

    /** Whether this key signed exactly this. */
    public boolean isSignedBy(VerificationKey by) {
        return key.equals(by.fingerprint()) && by.verifies(checkpoint.bytes(), signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedCheckpoint that
                && checkpoint.equals(that.checkpoint)
                && key.equals(that.key)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return checkpoint.hashCode();
    }
}
