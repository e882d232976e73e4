package org.storysign.plugins.rest.administration;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.signature.TrustedKey;
import org.storysign.plugins.signature.VerificationKey;

/** The body of POST /publishers. */
@Schema(name = "PublisherKeyForm")
record PublisherKeyForm(
        @Schema(description = "Who signs with the key", required = true, examples = "acme")
        String publisher,

        @Schema(description = "In PEM, for ECDSA on P-256 or Ed25519", required = true)
        String publicKey,

        @Schema(description = "From when on it counts; at once when it is not said")
        Instant validFrom,

        @Schema(description = "From when on it counts no more, whenever it signed; never when it is not said")
        Instant expiresAt) {

    static final Set<String> MEMBERS = Set.of("publisher", "public_key", "valid_from", "expires_at");

    static Optional<TrustedKey> read(JsonFields fields, Instant now) {
        fields.require("publisher", "public_key");
        Optional<String> publisher = fields.parsed(
                "publisher",
                text -> Optional.of(text)
                        .filter(name -> TrustedKey.PUBLISHER.matcher(name).matches()),
                "a name matching " + TrustedKey.PUBLISHER);
        Optional<VerificationKey> key = fields.parsed("public_key", VerificationKey::parse, VerificationKey.EXPECTED);
        Optional<Instant> from = instant(fields, "valid_from");
        Optional<Instant> end = instant(fields, "expires_at");
        return publisher.flatMap(
                name -> key.map(verifying -> new TrustedKey(name, verifying, from.orElse(now), end, Optional.empty())));
    }

    private static Optional<Instant> instant(JsonFields fields, String name) {
        return fields.parsed(
                name,
                text -> {
                    try {
                        return Optional.of(Instant.parse(text));
                    } catch (DateTimeParseException e) {
                        return Optional.empty();
                    }
                },
                "a time such as 2027-01-01T00:00:00Z");
    }
}
