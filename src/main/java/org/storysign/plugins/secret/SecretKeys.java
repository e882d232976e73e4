package org.storysign.plugins.secret;

import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The keys secrets are sealed with, by id; one of them is active. Or none at all: then nothing is sealed and nothing opened. */
public final class SecretKeys {

    /** What an id looks like. */
    public static final String ID = "[a-z0-9][a-z0-9-]{0,31}";

    /** What a key looks like, for messages. */
    public static final String EXPECTED =
            "256 random bits as base64 or as 64 hexadecimal digits (openssl rand -base64 32 makes such a key)";

    /** No keys. */
    public static final SecretKeys NONE = new SecretKeys(Map.of(), "");

    private static final Pattern ID_PATTERN = Pattern.compile(ID);
    private static final int BYTES = 32;

    private final Map<String, SecretKey> keys;
    private final String active;

    private SecretKeys(Map<String, SecretKey> keys, String active) {
        this.keys = Map.copyOf(keys);
        this.active = active;
    }

    /**
     * @param texts each key by its id
     * @param active the id of the one that seals; the others only open
     * @throws IllegalArgumentException with a message that tells which does not fit, and never a key
     */
    public static SecretKeys of(Map<String, String> texts, String active) {
        Map<String, SecretKey> keys = new HashMap<>();
        texts.forEach((id, text) -> {
            if (!ID_PATTERN.matcher(id).matches()) {
                throw new IllegalArgumentException("the id `" + id + "` of a key does not match " + ID);
            }
            byte[] bytes = bytes(text.strip())
                    .orElseThrow(() -> new IllegalArgumentException("the key `" + id + "` is not " + EXPECTED));
            keys.put(id, new SecretKeySpec(bytes, "AES"));
        });
        if (!keys.containsKey(active)) {
            throw new IllegalArgumentException(
                    "the active key `" + active + "` is none of the keys " + new TreeSet<>(keys.keySet()));
        }
        return new SecretKeys(keys, active);
    }

    private static Optional<byte[]> bytes(String text) {
        try {
            byte[] bytes = text.length() == 2 * BYTES
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text);
            return Optional.of(bytes).filter(key -> key.length == BYTES);
        } catch (IllegalArgumentException neither) {
            return Optional.empty();
        }
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /** The id of the key that seals; empty text when there are no keys. */
    String active() {
        return active;
    }

    Optional<SecretKey> key(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    Set<String> ids() {
        return new TreeSet<>(keys.keySet());
    }

    /** Ids only. */
    @Override
    public String toString() {
        return keys.isEmpty() ? "no keys" : "keys " + ids() + ", active " + active;
    }
}
