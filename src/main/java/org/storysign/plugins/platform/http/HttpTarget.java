package org.storysign.plugins.platform.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a URL leads. Only the plain form is understood: {@code http} or {@code https}, a host name or IPv4 address of ASCII
 * letters, a port, path and query of visible ASCII. No user, no fragment, no backslash, no trailing dot: what two readers could
 * understand in two ways is none.
 *
 * @param host lower case
 * @param path with its query, as it is sent; begins with a slash
 */
record HttpTarget(boolean secure, String host, int port, String path) {

    private static final Pattern URL = Pattern.compile(
            "(?i:(https?))://([A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?)(?::([1-9][0-9]{0,4}))?([/?][!-~&&[^#\\\\\"<>^`{|}]]*)?");

    static Optional<HttpTarget> parse(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            return Optional.empty();
        }
        boolean secure = parts.group(1).equalsIgnoreCase("https");
        int port = parts.group(3) == null ? (secure ? 443 : 80) : Integer.parseInt(parts.group(3));
        if (port > 65_535) {
            return Optional.empty();
        }
        String rest = parts.group(4) == null ? "/" : parts.group(4);
        return Optional.of(new HttpTarget(
                secure, parts.group(2).toLowerCase(Locale.ROOT), port, rest.startsWith("/") ? rest : "/" + rest));
    }

    /** Whether the port is the one its scheme has anyway. */
    boolean hasOwnPort() {
        return port == (secure ? 443 : 80);
    }

    /** Whether the host may be taken for an address, in whichever spelling: no public name ends in a number. */
    boolean isLiteral() {
        return Character.isDigit(host.charAt(host.lastIndexOf('.') + 1));
    }

    /** As grants and the {@code Host} header write it: with the port where it is not the scheme's own. */
    String authority() {
        return hasOwnPort() ? host : host + ":" + port;
    }
}
