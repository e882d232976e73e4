package org.storysign.plugins.rest.live;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What an operator sets about live connections. */
@ConfigMapping(prefix = "storysign.live")
public interface LiveSettings {

    /** From which origins browsers may connect, such as {@code https://app.example}; none when absent. */
    Optional<Set<String>> allowedOrigins();

    /** How long a connection may last before the page must come with a new ticket. */
    @WithDefault("15m")
    Duration longest();

    /** Most connections of this process. */
    @WithDefault("5000")
    int mostConnections();

    /** Most connections of one user to this process. */
    @WithDefault("10")
    int mostConnectionsOfUser();
}
