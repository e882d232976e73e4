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

    public static final LoadTerms USUAL =
            new LoadTerms(Duration.ofSeconds(10), 2, Duration.ofSeconds(10), Duration.ofHours(1));

    public LoadTerms {
        if (mostDeaths < 1 || mostDeaths > 1_000) {
            throw new IllegalArgumentException("most-deaths is 1 to 1,000");
        }
        if (!patience.isPositive() || !deadAfter.isPositive() || deadAfter.compareTo(forgottenAfter) >= 0) {
            throw new IllegalArgumentException(
                    "patience and dead-after are longer than nothing, forgotten-after is longer than dead-after");
        }
    }
}
