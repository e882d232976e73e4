package org.storysign.plugins;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.storysign.plugins.plugin.quarantine.QuarantineTerms;
import org.storysign.plugins.problem.BadSettingException;

/** When plugins that fail are taken out of service. */
@ConfigMapping(prefix = QuarantineConfig.PREFIX)
interface QuarantineConfig {

    String PREFIX = "storysign.quarantine";

    @WithDefault("true")
    boolean enabled();

    @WithDefault("1m")
    Duration window();

    @WithDefault("20")
    int inputs();

    @WithDefault("3")
    int users();

    /** Per cent. */
    @WithDefault("50")
    int share();

    @WithDefault("3")
    int probationInputs();

    @WithDefault("1m")
    Duration firstPause();

    @WithDefault("1h")
    Duration longestPause();

    /** Throws {@code BadSettingException}. */
    default QuarantineTerms terms() {
        return BadSettingException.below(
                PREFIX,
                () -> new QuarantineTerms(
                        enabled(),
                        window(),
                        inputs(),
                        users(),
                        share(),
                        probationInputs(),
                        firstPause(),
                        longestPause()));
    }
}
