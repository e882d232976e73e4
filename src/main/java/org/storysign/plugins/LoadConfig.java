package org.storysign.plugins;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.storysign.plugins.plugin.LoadTerms;
import org.storysign.plugins.problem.BadSettingException;

/** How long loading a plugin is waited for, and after how many deaths of processes no more. */
@ConfigMapping(prefix = LoadConfig.PREFIX)
interface LoadConfig {

    String PREFIX = "storysign.load";

    @WithDefault("10s")
    Duration patience();

    @WithDefault("2")
    int mostDeaths();

    @WithDefault("10s")
    Duration deadAfter();

    @WithDefault("1h")
    Duration forgottenAfter();

    /** Throws {@code BadSettingException}. */
    default LoadTerms terms() {
        return BadSettingException.below(
                PREFIX, () -> new LoadTerms(patience(), mostDeaths(), deadAfter(), forgottenAfter()));
    }
}
