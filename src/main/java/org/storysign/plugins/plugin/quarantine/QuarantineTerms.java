package org.storysign.plugins.plugin.quarantine;

import java.time.Duration;
import org.storysign.plugins.plugin.PluginState;

/**
 * When a plugin is quarantined, and for how long.
 *
 * @param on whether it ever is
 * @param window failures older than this do not count
 * @param inputs distinct inputs that must have failed, at least
 * @param users distinct users among them, at least; not asked of hooks that the product triggers for nobody in particular
 * @param share of the distinct inputs that must have failed, in per cent
 * @param onProbation distinct inputs whose failure sends a plugin back that is tried again
 * @param firstPause before it is tried again; doubles each time
 * @param longestPause what doubling ends at
 */
public record QuarantineTerms(
        boolean on,
        Duration window,
        int inputs,
        int users,
        int share,
        int onProbation,
        Duration firstPause,
        Duration longestPause) {

    /** Distinct inputs of one source that count: of one user, or of all who call a plugin's endpoints and exports for nobody. */
    static final int MOST_OF_SOURCE = 7;

    /** Distinct inputs that are kept in mind. */
    static final int MOST_INPUTS = 1_000;

    public static final QuarantineTerms USUAL =
            new QuarantineTerms(true, Duration.ofMinutes(1), 20, 3, 50, 3, Duration.ofMinutes(1), Duration.ofHours(1));

    public QuarantineTerms {
        if (inputs < 1 || inputs > MOST_INPUTS || users < 1 || onProbation < 1 || share < 1 || share > 100) {
            throw new IllegalArgumentException(
                    "inputs are 1 to " + MOST_INPUTS + ", users and onProbation 1 or more, share 1 to 100 per cent");
        }
        if (window.isNegative()
                || window.isZero()
                || firstPause.isNegative()
                || firstPause.isZero()
                || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException(
                    "window and pauses are longer than nothing, the longest pause the longest");
        }
    }

    /** How long a plugin pauses that was quarantined so often before. */
    Duration pause(int times) {
        Duration pause = firstPause;
        for (int i = 0; i < times && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }

    /** How many distinct inputs must have failed of a plugin in this state. */
    int inputs(PluginState.Enabled state) {
        return state.quarantines() > 0 ? onProbation : inputs;
    }
}
