package org.storysign.plugins.limits;

/**
 * What a plugin may keep in storage.
 *
 * @param bytes keys and values together
 * @param keys number of keys, 0 or more
 */
public record DataLimits(MemorySize bytes, int keys) {}
