package org.storysign.plugins.platform.ai;

import java.net.URI;
import java.util.Optional;

/**
 * Where a model is.
 *
 * @param base http or https, without a slash at its end
 * @param key sent as bearer token
 */
public record Endpoint(URI base, Optional<String> key) {

    public Endpoint {
        String scheme = base.getScheme();
        if (!"https".equals(scheme) && !"http".equals(scheme)) {
            throw new IllegalArgumentException("url is `" + base + "`, expected an http or https address");
        }
    }

    URI at(String path) {
        return URI.create(base + path);
    }

    /** Never with the key. */
    @Override
    public String toString() {
        return base.toString();
    }
}
