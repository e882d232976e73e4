package org.storysign.plugins;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.storysign.plugins.problem.BadSettingException;
import org.storysign.plugins.sandbox.chicory.TrialLimits;

/** What happens to modules that are brought. */
@ConfigMapping(prefix = ModulesConfig.PREFIX)
interface ModulesConfig {

    String PREFIX = "storysign.modules";

    /** Whether each is parsed and compiled in a process of its own first: 256 MiB of heap and more for large ones, while there are uploads. */
    @WithDefault("true")
    boolean trial();

    /** Processor time of a small module there, 2 s more for each MiB; a module that takes more is rejected. */
    @WithDefault("5s")
    Duration trialProcessorTime();

    /** How long an upload waits for its trial and its end; what took longer was not tried, and is to come again. */
    @WithDefault("45s")
    Duration trialPatience();

    /** Throws {@code BadSettingException}. */
    default TrialLimits trialLimits() {
        return BadSettingException.below(
                PREFIX, () -> new TrialLimits(trialProcessorTime(), trialPatience(), TrialLimits.USUAL.heap()));
    }
}
