package org.storysign.plugins.sandbox;

import java.time.Instant;

/**
 * A file or directory.
 *
 * @param name in its directory; empty for a root
 * @param size bytes; 0 for a directory
 */
public record FileEntry(String name, boolean directory, long size, Instant modified) {}
