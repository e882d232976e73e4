package org.storysign.plugins.rest.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.secret.SealedSecret;
import org.storysign.plugins.secret.SecretCipher;
import org.storysign.plugins.secret.SecretKeys;
import org.storysign.plugins.secret.SecretPlace;
import org.storysign.plugins.security.RepeatedRequests;

/**
 * What a sender calls a request. It is kept as a hash, and what was answered is sealed with a key that only it gives (HKDF, RFC 5869): an
 * answer may hold what is shown once, such as the secret of a new API key, and nobody can read it who does not know the Idempotency-Key.
 */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final int KEY_BYTES = 32;

    private final RepeatedRequests.Id id;
    private final SecretCipher cipher;
    private final SecretPlace place;

    private IdempotencyKey(RepeatedRequests.Id id, SecretCipher cipher) {
        this.id = id;
        this.cipher = cipher;
        this.place = SecretPlace.of("answer", id.tenant().value(), id.principal(), id.keyHash());
    }

    /** The key a request came with; empty when it came without. Fails with {@code request-invalid}. */
    static Optional<IdempotencyKey> of(ContainerRequestContext request, Actor actor) {
        List<String> sent = request.getHeaders().get(HEADER);
        if (sent == null || sent.isEmpty()) {
            return Optional.empty();
        }
        if (sent.size() > 1 || !FORM.matcher(sent.getFirst()).matches()) {
            throw new ProblemException(
                    ProblemCode.REQUEST_INVALID,
                    "The header Idempotency-Key must be there once, with 1 to 255 visible ASCII characters, such as a random UUID.");
        }
        byte[] key = sent.getFirst().getBytes(StandardCharsets.US_ASCII);
        RepeatedRequests.Id id = new RepeatedRequests.Id(
                actor.tenant(), actor.name(), Digest.of(key).hex());
        return Optional.of(new IdempotencyKey(id, cipher(key)));
    }

    private static SecretCipher cipher(byte[] key) {
        try {
            byte[] derived = KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(key)
                            .thenExpand("storysign idempotency".getBytes(StandardCharsets.US_ASCII), KEY_BYTES));
            return new SecretCipher(
                    SecretKeys.of(Map.of("sender", HexFormat.of().formatHex(derived)), "sender"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 25 has HKDF-SHA256", e);
        }
    }

    RepeatedRequests.Id id() {
        return id;
    }

    String seal(String answer) {
        return cipher.seal(answer.getBytes(StandardCharsets.UTF_8), place).text();
    }

    String open(String sealed) {
        return new String(
                cipher.open(
                        SealedSecret.parse(sealed)
                                .orElseThrow(() -> new IllegalStateException("what was kept was sealed")),
                        place),
                StandardCharsets.UTF_8);
    }
}
