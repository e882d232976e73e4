package org.storysign.plugins.signature;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.storysign.plugins.identity.Digest;

/** A public key that signatures are checked with. Safe for concurrent use. */
public final class VerificationKey {

    /** What to give, for messages. */
    public static final String EXPECTED =
            "a public key in PEM (-----BEGIN PUBLIC KEY-----) for ECDSA on P-256 or Ed25519";

    private final PublicKey key;
    private final KeyAlgorithm algorithm;

    VerificationKey(PublicKey key) {
        this.key = key;
        this.algorithm = KeyAlgorithm.of(key).orElseThrow(() -> new IllegalArgumentException("expected " + EXPECTED));
    }

    /** A key in PEM, as {@code openssl pkey -pubout} and {@code cosign public-key} write it; empty for any other kind. */
    public static Optional<VerificationKey> parse(String pem) {
        Optional<byte[]> der = Pem.read(Pem.PUBLIC, pem);
        for (KeyAlgorithm candidate : KeyAlgorithm.values()) {
            Optional<PublicKey> key = der.flatMap(bytes -> decode(candidate, bytes));
            if (key.flatMap(KeyAlgorithm::of).isPresent()) {
                return key.map(VerificationKey::new);
            }
        }
        return Optional.empty();
    }

    private static Optional<PublicKey> decode(KeyAlgorithm candidate, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(candidate.family()).generatePublic(new X509EncodedKeySpec(der)));
        } catch (InvalidKeySpecException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + candidate.family(), e);
        }
    }

    public KeyAlgorithm algorithm() {
        return algorithm;
    }

    /** What the key is, whatever it is called: the digest of its encoding (SubjectPublicKeyInfo). */
    public Digest fingerprint() {
        return Digest.of(key.getEncoded());
    }

    public String pem() {
        return Pem.write(Pem.PUBLIC, key.getEncoded());
    }

    /** Whether the signature over the statement is this key's. False for what is no signature at all. */
    public boolean verifies(PackageStatement statement, byte[] signature) {
        return verifies(statement.bytes(), signature);
    }

    /** The same for any text. */
    public boolean verifies(byte[] text, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm.signature());
            verifier.initVerify(key);
            verifier.update(text);
            return verifier.verify(signature);
        } catch (SignatureException malformed) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was read can be used", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKey that && fingerprint().equals(that.fingerprint());
    }

    @Override
    public int hashCode() {
        return fingerprint().hashCode();
    }

    @Override
    public String toString() {
        return algorithm.publicName() + " " + fingerprint();
    }
}
