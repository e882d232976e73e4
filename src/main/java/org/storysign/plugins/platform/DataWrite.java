package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.Optional;

/** A value to be written: JSON text, and how long it lives. */
public record DataWrite(String key, String json, Optional<Duration> timeToLive, WriteCondition condition) {}
