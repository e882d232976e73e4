package org.storysign.plugins.rest.ui;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** What an operator sets about plugins' user interface. */
@ConfigMapping(prefix = "storysign.ui")
public interface UiSettings {

    /** Which pages may show plugins' files in a frame: sources of a Content-Security-Policy, such as {@code https://app.example}. */
    @WithDefault("'self'")
    String frameAncestors();

    /** Under which origin browsers reach the service, such as {@code https://app.example}; absent: as requests say by {@code Host}. */
    Optional<String> publicOrigin();
}
