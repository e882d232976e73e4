package org.storysign.plugins.platform;

import java.time.Instant;

/**
 * Something a plugin noticed.
 *
 * @param number grows with every event; the order of lists
 * @param properties JSON object
 */
public record AnalyticsEvent(long number, String name, String properties, Instant at) {}
