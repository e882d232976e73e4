package org.storysign.plugins.plugin.source;

import java.time.Duration;

/**
 * How closely operations are watched.
 *
 * @param beat how often progress is written down and the lease renewed
 * @param lease several beats: a process that is only slow keeps its operations
 * @param patience for storing a package, once it is here
 */
public record OperationPace(Duration beat, Duration lease, Duration patience) {

    public static final OperationPace USUAL =
            new OperationPace(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(1));
}
