package org.storysign.plugins;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What happens to modules that are brought. */
@ConfigMapping(prefix = "storysign.modules")
interface ModulesConfig {

    /** Whether each is parsed and compiled in a process of its own first: 256 MiB of heap and more for large ones, while there are uploads. */
    @WithDefault("false")
    boolean trial();

    /** How long that may take; a module that takes longer is rejected. */
    @WithDefault("5s")
    Duration trialTime();
}
