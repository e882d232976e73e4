package org.storysign.plugins.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;

/**
 * A detached signature over a package's statement. Which key made it is found by trying: what it says of itself is not believed.
 *
 * @param about the package digest it says it is about; it must be that one then
 */
public record PackageSignature(byte[] value, Optional<Digest> about) {

    /** Most signatures of a package. */
    public static final int MOST = 10;

    /** Largest text of one, in bytes. */
    public static final int LARGEST = 16 << 10;

    private static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";
    private static final StrictJson JSON = new StrictJson(20);

    public PackageSignature {
        value = value.clone();
    }

    @Override
    public byte[] value() {
        return value.clone();
    }

    /**
     * Reads a Sigstore bundle with a message signature ({@code cosign sign-blob --bundle}), the bundle that cosign wrote before, or the bare
     * signature in base64. Fails with {@code signature-rejected}.
     */
    public static PackageSignature read(byte[] text) {
        if (text.length > LARGEST) {
            throw unreadable("has " + text.length + " bytes, expected at most " + LARGEST);
        }
        String plain = new String(text, StandardCharsets.UTF_8).strip();
        if (!plain.startsWith("{")) {
            return new PackageSignature(base64(plain), Optional.empty());
        }
        Violations violations = new Violations();
        JsonNode bundle = JSON.read(text, violations);
        if (!violations.isEmpty()) {
            throw unreadable("is no JSON that can be read");
        }
        if (bundle.has("dsseEnvelope")) {
            throw unreadable("is an attestation, expected a signature over the package's statement");
        }
        JsonNode message = bundle.path("messageSignature");
        return message.isObject()
                ? new PackageSignature(base64(message.path("signature").asText("")), about(message))
                : new PackageSignature(base64(bundle.path("base64Signature").asText("")), Optional.empty());
    }

    /** Fails with {@code signature-rejected} when a package may not have so many. */
    public static void requireFew(int found) {
        if (found > MOST) {
            throw new ProblemException(
                    ProblemCode.SIGNATURE_REJECTED,
                    "the package has " + found + " signatures, expected at most " + MOST,
                    Map.of(FactKey.FOUND, found, FactKey.LIMIT, MOST));
        }
    }

    private static Optional<Digest> about(JsonNode message) {
        JsonNode digest = message.path("messageDigest");
        if (digest.isMissingNode()) {
            return Optional.empty();
        }
        byte[] hash = base64(digest.path("digest").asText(""));
        return Digest.parse("sha256:" + HexFormat.of().formatHex(hash)).or(() -> {
            throw unreadable("names a digest that is no SHA-256");
        });
    }

    private static byte[] base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (bytes.length > 0) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw unreadable("holds no signature in base64");
    }

    private static ProblemException unreadable(String why) {
        return new ProblemException(
                ProblemCode.SIGNATURE_REJECTED,
                "a signature " + why + "; expected what `storysign plugin sign` or `cosign sign-blob --bundle` writes");
    }

    /** As a Sigstore bundle, which {@link #read} and {@code cosign verify-blob --bundle} take. */
    public String bundle() {
        ObjectNode bundle = JsonNodeFactory.instance.objectNode();
        bundle.put("mediaType", MEDIA_TYPE);
        bundle.putObject("verificationMaterial").putObject("publicKey");
        ObjectNode message = bundle.putObject("messageSignature");
        about.ifPresent(digest -> message.putObject("messageDigest")
                .put("algorithm", "SHA2_256")
                .put("digest", Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digest.hex()))));
        message.put("signature", Base64.getEncoder().encodeToString(value));
        return bundle.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackageSignature that && Arrays.equals(value, that.value) && about.equals(that.about);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "signature of " + value.length + " bytes";
    }
}
