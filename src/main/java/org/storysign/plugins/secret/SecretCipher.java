package org.storysign.plugins.secret;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * Seals and opens secrets: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits and the place as additional data. One key seals
 * far less than the 2^32 texts such nonces are good for. Safe for concurrent use.
 */
public final class SecretCipher {

    /** Seals nothing: without keys, secrets are refused. */
    public static final SecretCipher NONE = new SecretCipher(SecretKeys.NONE);

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeys keys;
    private final SecureRandom random = new SecureRandom();

    public SecretCipher(SecretKeys keys) {
        this.keys = keys;
    }

    /** Whether anything can be sealed. */
    public boolean isAvailable() {
        return !keys.isEmpty();
    }

    /** Whether it was sealed with the active key. */
    public boolean isCurrent(SealedSecret secret) {
        return secret.key().equals(keys.active());
    }

    /** Fails with {@code secrets-unavailable} when there are no keys. */
    public SealedSecret seal(byte[] clear, SecretPlace place) {
        SecretKey key = keys.key(keys.active())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.SECRETS_UNAVAILABLE,
                        "no key to encrypt secrets with is configured, so none can be kept; set storysign.secrets.keys.<id> and"
                                + " storysign.secrets.active"));
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] encrypted = run(Cipher.ENCRYPT_MODE, key, nonce, clear, 0, place);
        byte[] sealed = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
        System.arraycopy(encrypted, 0, sealed, NONCE_BYTES, encrypted.length);
        return new SealedSecret(keys.active(), sealed);
    }

    /**
     * Fails with {@code secrets-unavailable}: when its key is not configured, and when it does not open, since it was changed or sealed
     * for another place.
     */
    public byte[] open(SealedSecret secret, SecretPlace place) {
        SecretKey key = keys.key(secret.key())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.SECRETS_UNAVAILABLE,
                        "a secret was encrypted with the key `" + secret.key()
                                + "`, which is not configured; there are " + keys.ids()
                                + ": bring the key back, or write the secret again",
                        Map.of(FactKey.FOUND, secret.key())));
        try {
            return run(
                    Cipher.DECRYPT_MODE,
                    key,
                    Arrays.copyOf(secret.sealed(), NONCE_BYTES),
                    secret.sealed(),
                    NONCE_BYTES,
                    place);
        } catch (SecretDoesNotOpenException e) {
            throw new ProblemException(
                    ProblemCode.SECRETS_UNAVAILABLE,
                    "a secret does not open with its key `" + secret.key()
                            + "`: it was changed in the database, or the key was replaced under its id; write the secret again",
                    Map.of(FactKey.FOUND, secret.key()));
        }
    }

    private static byte[] run(int mode, SecretKey key, byte[] nonce, byte[] text, int from, SecretPlace place) {
        try {
            Cipher cipher = Cipher.getInstance(ALGORITHM);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.bytes());
            return cipher.doFinal(text, from, text.length - from);
        } catch (AEADBadTagException e) {
            throw new SecretDoesNotOpenException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static final class SecretDoesNotOpenException extends RuntimeException {

        private static final long serialVersionUID = 1;

        SecretDoesNotOpenException(Throwable cause) {
            super(cause);
        }
    }
}
