package org.storysign.plugins.platform.connect;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a service of the operator's is.
 *
 * @param base http or https, with a host and perhaps a path, no name, query or fragment; a slash at its end is dropped
 * @param key sent as bearer token; visible ASCII
 */
public record Endpoint(URI base, Optional<String> key) {

    private static final Pattern VISIBLE = Pattern.compile("[!-~]+");

    public Endpoint {
        String scheme = base.getScheme();
        if ((!"https".equals(scheme) && !"http".equals(scheme)) || base.getHost() == null) {
            throw new IllegalArgumentException("url is `" + shown(base) + "`, expected an http or https address");
        }
        if (base.getRawUserInfo() != null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "url is `" + shown(base) + "` with more than that, expected no name, password, query or fragment");
        }
        if (!key.map(VISIBLE::matcher).map(matcher -> matcher.matches()).orElse(true)) {
            throw new IllegalArgumentException("key holds what is no visible ASCII character");
        }
        if (base.toString().endsWith("/")) {
            base = URI.create(base.toString().replaceAll("/+$", ""));
        }
    }

    /** As settings say it; what cannot be an address is not repeated, for it may hold a password. */
    public static Endpoint parse(String url, Optional<String> key) {
        try {
            return new Endpoint(new URI(url), key);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "url cannot be read (" + e.getReason() + "), expected an http or https address");
        }
    }

    /** @param path begins with a slash */
    public URI at(String path) {
        return URI.create(base + path);
    }

    /** Never with the key. */
    @Override
    public String toString() {
        return base.toString();
    }

    /** Without what may be secret. */
    private static String shown(URI base) {
        return base.getRawAuthority() == null
                ? base.toString()
                : base.getScheme() + "://" + base.getRawAuthority().replaceAll(".*@", "") + base.getRawPath();
    }
}
