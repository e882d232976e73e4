package org.storysign.plugins.sandbox;

/**
 * A guest's linear memory. Pointers and lengths come from the guest: they are unsigned 32-bit numbers in a long, and every
 * access is checked against the memory's present size before the engine sees it.
 */
public interface GuestMemory {

    /** Bytes, now. */
    long size();

    /** Copies out; throws {@link TrapException} with {@link Trap.OutOfBoundsMemory} when the range is not inside. */
    byte[] read(long pointer, long length);

    /** Copies in; throws {@link TrapException} with {@link Trap.OutOfBoundsMemory} when the range is not inside. */
    void write(long pointer, byte[] bytes);
}
