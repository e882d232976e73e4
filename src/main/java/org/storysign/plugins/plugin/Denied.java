package org.storysign.plugins.plugin;

import java.time.Instant;

/**
 * What a plugin was denied again and again.
 *
 * @param function of the platform
 * @param code why, such as {@code permission-denied}
 * @param count how often, over all processes
 * @param last when it was last written down
 */
public record Denied(String function, String code, long count, Instant last) {}
