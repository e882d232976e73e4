package org.storysign.plugins.abi;

/**
 * What host functions cost, in the units of {@code wasm.fuel.CostTable}: about as many as guest instructions would take the same
 * time on compiled code. Paid before the work is done. Changing one changes what calls cost, like a change of the cost table.
 */
public final class FuelPrice {

    /** Reaching into the call's own state: a load or store of kernel memory, a length, a flag. */
    public static final long ACCESS = 16;

    /** Finding or keeping a block, a variable, a configuration value, a line of log. */
    public static final long LOOKUP = 128;

    /** A function of the platform ({@code extism:host/user}), whatever it does then. */
    public static final long PLATFORM_CALL = 512;

    /** A request to another server. */
    public static final long HTTP_REQUEST = 4_096;

    /** Bytes that are only copied, or cleared, for one unit. */
    private static final int COPIED_BYTES_A_UNIT = 8;

    private FuelPrice() {}

    /** Copying so many bytes. A remainder is free. */
    public static long copying(long bytes) {
        return bytes / COPIED_BYTES_A_UNIT;
    }

    /** Working on so many bytes one by one: text to decode, JSON to read or write, randomness to make. */
    public static long working(long bytes) {
        return bytes;
    }
}
