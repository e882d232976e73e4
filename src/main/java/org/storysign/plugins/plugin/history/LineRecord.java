package org.storysign.plugins.plugin.history;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.storysign.plugins.sandbox.LogLine;

/**
 * A line of a log as it was kept.
 *
 * @param sequence its place among the tenant's; later ones have greater ones
 * @param invocation the call that logged it; empty for what the platform says itself
 */
public record LineRecord(long sequence, Instant at, Optional<UUID> invocation, LogLine line) {}
