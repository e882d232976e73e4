package org.storysign.plugins;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;
import org.storysign.plugins.problem.BadSettingException;
import org.storysign.plugins.worker.ConfinementDemand;
import org.storysign.plugins.worker.WorkerTerms;

/** The processes that plugins of level isolated run in. */
@ConfigMapping(prefix = WorkersConfig.PREFIX)
interface WorkersConfig {

    String PREFIX = "storysign.workers";

    /**
     * How many at once; each takes about 100 MiB of memory beside the service's. Without it two for each processor; with 0 the
     * level is not available.
     */
    OptionalInt most();

    /** How many of them for one plugin of one tenant; without it half of them, and one at least. */
    OptionalInt mostOfPlugin();

    /** How long a call waits for a worker that is free before it is refused. */
    @WithDefault("2s")
    Duration patience();

    /** How long a worker may take until it can be called: a Java machine starts and compiles the module. */
    @WithDefault("20s")
    Duration longestStart();

    /** What the way to a worker may add to a call's run time; a worker that has not answered then is killed. */
    @WithDefault("200ms")
    Duration grace();

    /** {@code best}: what the system offers; {@code required}: no call without a filter of system calls; {@code off}. */
    @WithDefault("best")
    ConfinementDemand confinement();

    /** Throws {@code BadSettingException}. */
    default WorkerTerms terms() {
        int all = most().orElseGet(() -> WorkerTerms.ofThisMachine().most());
        return BadSettingException.below(
                PREFIX,
                () -> new WorkerTerms(
                        all,
                        mostOfPlugin().orElse(Math.max(1, all / 2)),
                        patience(),
                        longestStart(),
                        grace(),
                        confinement()));
    }
}
