package org.storysign.plugins.security;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What an operator sets about security. */
@ConfigMapping(prefix = "storysign")
public interface SecuritySettings {

    /** The platform's own key, at least 20 characters. Without one, only keys made earlier are valid. */
    Optional<String> adminKey();
}
