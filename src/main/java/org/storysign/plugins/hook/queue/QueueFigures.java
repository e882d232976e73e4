package org.storysign.plugins.hook.queue;

import java.time.Duration;

/**
 * How the queue is.
 *
 * @param oldest how long ago the oldest event that waits or is in work was accepted; zero when there is none
 */
public record QueueFigures(long queued, long working, long dead, Duration oldest) {}
