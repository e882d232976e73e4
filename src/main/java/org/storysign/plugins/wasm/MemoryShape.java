package org.storysign.plugins.wasm;

import java.util.OptionalLong;

/** The module's own memory, in pages of 64 KiB. */
public record MemoryShape(long minimumPages, OptionalLong maximumPages) {}
