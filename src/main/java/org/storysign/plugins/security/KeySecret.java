package org.storysign.plugins.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** What a caller proves itself with. Never logged, never kept: {@link #hash} is. */
public final class KeySecret {

    /** What every generated secret begins with, so that people and secret scanners know one when they see it. */
    public static final String PREFIX = "ssk_";

    /** What the secret of a user's token or ticket begins with. */
    public static final String USER_PREFIX = "ssu_";

    /** The least length of a secret that somebody chose. */
    public static final int SHORTEST = 20;

    private static final int RANDOM_BYTES = 32;

    private final String value;

    public KeySecret(String value) {
        this.value = value;
    }

    /** A new one: the prefix and 256 random bits, 47 characters of A–Z a–z 0–9 - _. */
    public static KeySecret generate(SecureRandom random) {
        return generate(PREFIX, random);
    }

    /** A new one for a user's token or ticket. */
    static KeySecret generateForUser(SecureRandom random) {
        return generate(USER_PREFIX, random);
    }

    private static KeySecret generate(String prefix, SecureRandom random) {
        byte[] bits = new byte[RANDOM_BYTES];
        random.nextBytes(bits);
        return new KeySecret(prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** Whether it has the form of a user's token rather than of a key. */
    boolean isOfUser() {
        return value.startsWith(USER_PREFIX);
    }

    /** Its SHA-256 in lower-case hexadecimal. */
    public String hash() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether two hashes are equal, in a time that does not tell where they differ. */
    static boolean sameHash(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    /** The secret itself, to be shown to its owner once. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "KeySecret(hidden)";
    }
}
