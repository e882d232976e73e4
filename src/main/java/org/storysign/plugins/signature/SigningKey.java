package org.storysign.plugins.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;

/** A private key: a publisher's, which only the author's command line has, or the one the service signs checkpoints of the audit trail with. */
public final class SigningKey {

    /** What to give, for messages. */
    public static final String EXPECTED =
            "a private key in PEM (PKCS#8, -----BEGIN PRIVATE KEY-----, not encrypted) for ECDSA on P-256 or Ed25519";

    private final PrivateKey key;
    private final KeyAlgorithm algorithm;

    private SigningKey(PrivateKey key) {
        this.key = key;
        this.algorithm = KeyAlgorithm.of(key).orElseThrow(() -> new IllegalArgumentException("expected " + EXPECTED));
    }

    /** A private key and the public one that verifies what it signs. */
    public record Pair(SigningKey signing, VerificationKey verifying) {}

    public static Pair generate(KeyAlgorithm algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.family());
            if (algorithm == KeyAlgorithm.ECDSA_P256) {
                generator.initialize(KeyAlgorithm.curve());
            }
            KeyPair pair = generator.generateKeyPair();
            return new Pair(new SigningKey(pair.getPrivate()), new VerificationKey(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm.family(), e);
        }
    }

    /** A key in PEM, as {@link #pem} and {@code openssl genpkey} write it; empty for any other kind. */
    public static Optional<SigningKey> parse(String pem) {
        Optional<byte[]> der = Pem.read(Pem.PRIVATE, pem);
        for (KeyAlgorithm candidate : KeyAlgorithm.values()) {
            Optional<PrivateKey> key = der.flatMap(bytes -> decode(candidate, bytes));
            if (key.flatMap(KeyAlgorithm::of).isPresent()) {
                return key.map(SigningKey::new);
            }
        }
        return Optional.empty();
    }

    private static Optional<PrivateKey> decode(KeyAlgorithm candidate, byte[] der) {
        try {
            return Optional.of(
                    KeyFactory.getInstance(candidate.family()).generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + candidate.family(), e);
        }
    }

    /** PKCS#8, not encrypted. */
    public String pem() {
        return Pem.write(Pem.PRIVATE, key.getEncoded());
    }

    public PackageSignature sign(PackageStatement statement) {
        return new PackageSignature(sign(statement.bytes()), Optional.of(statement.digest()));
    }

    /** The signature alone. */
    public byte[] sign(byte[] text) {
        try {
            Signature signer = Signature.getInstance(algorithm.signature());
            signer.initSign(key);
            signer.update(text);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read can be used", e);
        }
    }

    /** Never the key. */
    @Override
    public String toString() {
        return algorithm.publicName() + " private key";
    }
}
