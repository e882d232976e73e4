package org.storysign.plugins.wasm;

import java.util.OptionalLong;

/** The module's own memory, in pages of 64 KiB. */
public record MemoryShape(long minimumPages, OptionalLong maximumPages) {

    /** The most pages a valid memory has: 4 GiB. Source: core spec 3.2.3. */
    public static final int MOST_PAGES = 65_536;
}
