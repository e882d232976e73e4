package org.storysign.plugins.plugin.source;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What opens a registry. Its text never says the password.
 *
 * @param registry the only one it is shown to, besides the token server that registry names
 */
public record Credential(String registry, String username, String password) {

    /** As HTTP sends it. */
    String basic() {
        return "Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "credential of " + username + " at " + registry;
    }
}
