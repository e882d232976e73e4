package org.storysign.plugins.signature;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/** What keys are for: the two algorithms that are taken, none else. */
public enum KeyAlgorithm {
    /** ECDSA over SHA-256 on the curve P-256, the signature in DER. */
    ECDSA_P256("ecdsa-p256", "EC", "SHA256withECDSA"),
    /** Ed25519 over the statement itself. Source: RFC 8032. */
    ED25519("ed25519", "Ed25519", "Ed25519");

    private static final String CURVE = "secp256r1";

    private final String publicName;
    private final String family;
    private final String signature;

    KeyAlgorithm(String publicName, String family, String signature) {
        this.publicName = publicName;
        this.family = family;
        this.signature = signature;
    }

    public String publicName() {
        return publicName;
    }

    public static Optional<KeyAlgorithm> parse(String text) {
        return Arrays.stream(values())
                .filter(value -> value.publicName.equals(text))
                .findFirst();
    }

    /** The name of its key factory. */
    String family() {
        return family;
    }

    /** The name of its signatures. */
    String signature() {
        return signature;
    }

    /** The algorithm a key is for; empty for any other curve or kind. */
    static Optional<KeyAlgorithm> of(Key key) {
        if (key instanceof ECKey ec) {
            return isP256(ec.getParams()) ? Optional.of(ECDSA_P256) : Optional.empty();
        }
        return key instanceof EdECKey ed && ed.getParams().getName().equals(ED25519.family)
                ? Optional.of(ED25519)
                : Optional.empty();
    }

    private static boolean isP256(ECParameterSpec found) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance(ECDSA_P256.family);
            parameters.init(new ECGenParameterSpec(CURVE));
            ECParameterSpec wanted = parameters.getParameterSpec(ECParameterSpec.class);
            return wanted.getCurve().equals(found.getCurve())
                    && wanted.getGenerator().equals(found.getGenerator())
                    && wanted.getOrder().equals(found.getOrder())
                    && wanted.getCofactor() == found.getCofactor();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    /** For {@code KeyPairGenerator}. */
    static ECGenParameterSpec curve() {
        return new ECGenParameterSpec(CURVE);
    }
}
