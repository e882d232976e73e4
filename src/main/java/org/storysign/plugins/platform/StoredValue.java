package org.storysign.plugins.platform;

import java.time.Instant;
import java.util.Optional;

/**
 * A stored value.
 *
 * @param json the value, JSON text
 * @param revision grows with every write of this key; its ETag
 * @param expiresAt when it ceases to be there; empty for never
 */
public record StoredValue(String json, long revision, Optional<Instant> expiresAt) {}
