package org.storysign.plugins.wasm.scan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Finds secrets and addresses in bytes: once over each, whatever they are, in time proportional to their number. Keeps a bounded number and
 * never what it found, only what may be shown of it. It finds what was left by carelessness; what is hidden on purpose it does not find.
 * Used once for a module.
 */
final class EmbeddedTexts {

    static final int MOST_SECRETS = 20;
    static final int MOST_HOSTS = 50;

    private static final Set<String> SCHEMES = Set.of("http", "https", "ws", "wss", "ftp", "postgres", "redis", "amqp");
    private static final int LONGEST_SCHEME = 8;
    private static final int LONGEST_AUTHORITY = 320;
    private static final int LONGEST_HEADER = 512;
    private static final int SHORTEST_TOKEN_PART = 10;
    private static final Pattern HOST = Pattern.compile(
            "([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}(:[0-9]{1,5})?|localhost(:[0-9]{1,5})?");
    private static final Pattern KEY_BLOCK = Pattern.compile("-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY-----");
    private static final int LONGEST_KEY_BLOCK = 70;

    private final List<EmbeddedSecret> secrets = new ArrayList<>();
    private final SortedSet<String> hosts = new TreeSet<>();
    private long moreSecrets;
    private boolean moreHosts;

    /** @param offset of the first byte in the module */
    void look(String where, long offset, byte[] bytes) {
        int at = 0;
        while (at < bytes.length) {
            at += step(where, offset, bytes, at);
        }
    }

    List<EmbeddedSecret> secrets() {
        return secrets;
    }

    long moreSecrets() {
        return moreSecrets;
    }

    List<String> hosts() {
        return List.copyOf(hosts);
    }

    boolean moreHosts() {
        return moreHosts;
    }

    /** How far to go on. */
    private int step(String where, long offset, byte[] bytes, int at) {
        byte first = bytes[at];
        for (SecretShape shape : SecretShape.beginningWith(first)) {
            int length = shape.lengthAt(bytes, at);
            if (length > 0) {
                secret(shape.title(), where, offset + at, length, () -> shape.shown(bytes, at));
                return length;
            }
        }
        return switch (first) {
            case '-' -> keyBlock(where, offset, bytes, at);
            case '.' -> token(where, offset, bytes, at);
            case ':' -> address(where, offset, bytes, at);
            default -> 1;
        };
    }

    private int keyBlock(String where, long offset, byte[] bytes, int at) {
        if (!isAt(bytes, at, "-----BEGIN ")) {
            return 1;
        }
        var found = KEY_BLOCK.matcher(text(bytes, at, LONGEST_KEY_BLOCK));
        if (!found.lookingAt()) {
            return 1;
        }
        secret("private key", where, offset + at, found.end(), () -> "-----BEGIN … PRIVATE KEY-----");
        return found.end();
    }

    /** A JSON Web Token, at the dot before its second part. */
    private int token(String where, long offset, byte[] bytes, int dot) {
        if (!isAt(bytes, dot + 1, "eyJ")) {
            return 1;
        }
        int begin = dot;
        while (begin > 0 && dot - begin < LONGEST_HEADER && isUrlSafe(bytes[begin - 1])) {
            begin--;
        }
        int end = dot + 1;
        while (end < bytes.length && isUrlSafe(bytes[end])) {
            end++;
        }
        String header = text(bytes, begin, dot - begin);
        boolean isSigned = end < bytes.length && bytes[end] == '.';
        if (header.contains("eyJ") && end - dot > SHORTEST_TOKEN_PART && isSigned) {
            secret("JSON Web Token", where, offset + begin, end - begin, () -> "eyJ…");
        }
        return end - dot;
    }

    private int address(String where, long offset, byte[] bytes, int colon) {
        if (!isAt(bytes, colon, "://")) {
            return 1;
        }
        int begin = colon;
        while (begin > 0 && colon - begin < LONGEST_SCHEME && isLetter(bytes[begin - 1])) {
            begin--;
        }
        String before = text(bytes, begin, colon - begin).toLowerCase(Locale.ROOT);
        if (SCHEMES.stream().noneMatch(before::endsWith)) {
            return 3;
        }
        int end = colon + 3;
        while (end < bytes.length && end - colon < LONGEST_AUTHORITY && isAuthority(bytes[end])) {
            end++;
        }
        String authority = text(bytes, colon + 3, end - colon - 3);
        int user = authority.lastIndexOf('@');
        if (authority.lastIndexOf(':', Math.max(user, 0)) > 0 && user > 0) {
            secret("password in an address", where, offset + begin, end - begin, () -> "…://…@…");
        }
        host(authority.substring(user + 1));
        // What stands in the host's place may be a secret of its own, so it is looked at again.
        return 3;
    }

    private void host(String text) {
        String host = text.toLowerCase(Locale.ROOT);
        if (!HOST.matcher(host).matches() || SecretShape.isIn(text)) {
            return;
        }
        if (hosts.size() < MOST_HOSTS) {
            hosts.add(host);
        } else if (!hosts.contains(host)) {
            moreHosts = true;
        }
    }

    private void secret(String kind, String where, long offset, long length, Supplier<String> shown) {
        if (secrets.size() < MOST_SECRETS) {
            secrets.add(new EmbeddedSecret(kind, where, offset, length, shown.get()));
        } else {
            moreSecrets++;
        }
    }

    private static boolean isAt(byte[] bytes, int at, String ascii) {
        int index = 0;
        while (index < ascii.length() && at + index < bytes.length && bytes[at + index] == ascii.charAt(index)) {
            index++;
        }
        return index == ascii.length();
    }

    private static String text(byte[] bytes, int at, int length) {
        int from = Math.min(at, bytes.length);
        return new String(bytes, from, Math.min(length, bytes.length - from), StandardCharsets.ISO_8859_1);
    }

    private static boolean isLetter(byte character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
    }

    private static boolean isUrlSafe(byte character) {
        return SecretShape.Alphabet.URL.has(character);
    }

    /** Source: RFC 3986, section 3.2, without addresses of IPv6. */
    private static boolean isAuthority(byte character) {
        return isUrlSafe(character) || ".:@%!$&'*+,;=~".indexOf(character) >= 0;
    }
}
