package org.storysign.plugins.plugin;

import java.time.Duration;

/**
 * What loading a module may cost a process.
 *
 * @param patience how long a start, a refresh waits for one plugin; it serves when it is loaded, however long that takes
 * @param mostDeaths of processes that loaded a module; then nobody loads it any more, 1 to 1,000
 * @param deadAfter a process that has not said for so long that it lives is dead
 * @param forgottenAfter deaths do not count longer than that
 */
public record LoadTerms(Duration patience, int mostDeaths, Duration deadAfter, Duration forgottenAfter) {

    /** Of {@code mostDeaths}. */
    public static final int LARGEST_DEATHS = 1_000;

    public static final LoadTerms USUAL =
            new LoadTerms(Duration.ofSeconds(10), 2, Duration.ofSeconds(10), Duration.ofHours(1));

    public LoadTerms {
        if (mostDeaths < 1 || mostDeaths > LARGEST_DEATHS) {
            throw new IllegalArgumentException("most-deaths is " + mostDeaths + ", expected 1 to " + LARGEST_DEATHS);
        }
        if (!patience.isPositive() || !deadAfter.isPositive() || deadAfter.compareTo(forgottenAfter) >= 0) {
            throw new IllegalArgumentException(
                    "patience is " + patience + ", dead-after " + deadAfter + ", forgotten-after "
                            + forgottenAfter
                            + ", expected the first two longer than nothing and forgotten-after longer than dead-after");
        }
    }
}
