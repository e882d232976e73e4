package org.storysign.plugins.plugin.history;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import org.storysign.plugins.problem.BadSettingException;

/** What an operator sets about plugins' history. */
@ConfigMapping(prefix = HistoryConfig.PREFIX)
public interface HistoryConfig {

    /** What stands before their names. */
    String PREFIX = "storysign.history";

    /** Calls that went well of which a record is kept, a second, plugin and process; of more, only the figures. */
    @WithDefault("20")
    int callsASecond();

    /** The same for calls that failed. */
    @WithDefault("100")
    int failuresASecond();

    /** Lines of a plugin's log that are kept, a second and process. */
    @WithDefault("200")
    int linesASecond();

    /** How long calls and lines are kept. */
    @WithDefault("7d")
    Duration keep();

    /** How long the figures of an hour are kept. */
    @WithDefault("30d")
    Duration keepUsage();

    /** Calls that are kept of one plugin. */
    @WithDefault("100000")
    int mostCalls();

    /** Lines that are kept of one plugin. */
    @WithDefault("10000")
    int mostLines();

    /** Throws {@code BadSettingException}. */
    default HistoryTerms terms() {
        return BadSettingException.below(
                PREFIX,
                () -> new HistoryTerms(
                        callsASecond(),
                        failuresASecond(),
                        linesASecond(),
                        HistoryTerms.USUAL.waiting(),
                        HistoryTerms.USUAL.waitingText()));
    }
}
