package org.storysign.plugins.abi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Function;
import org.storysign.plugins.sandbox.MemoryBudget;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/**
 * The kernel's memory of one call: blocks in one flat address space that does not begin at 0. A block's handle is the address of
 * its first byte; 0 means none. Pages appear as blocks need them and are counted against the call's budget, each block with
 * {@value #BLOCK_COST} bytes more for what we keep about it. Every operation takes logarithmic time at most. Used by the guest's
 * thread.
 */
final class KernelMemory {

    /** What a block counts beside its bytes: our own records of it. */
    static final long BLOCK_COST = 128;

    /** The first address; below it there is nothing, so that 0 is never a handle. */
    static final long FIRST = 64;

    private static final int PAGE_BITS = 12;
    static final int PAGE = 1 << PAGE_BITS;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final MemoryBudget budget;
    private final BlockMap blocks = new BlockMap(FIRST);
    private byte[][] pages = new byte[4][];
    private int pageCount;

    KernelMemory(MemoryBudget budget) {
        this.budget = budget;
    }

    /** A new block's handle; 0 for a length of 0, and when the budget does not have the bytes. */
    long allocate(long length) {
        if (length == 0) {
            return 0;
        }
        if (length < 0 || length > budget.limit().bytes()) {
            budget.take(Long.MAX_VALUE);
            return 0;
        }
        if (!budget.take(BLOCK_COST)) {
            return 0;
        }
        if (!addPagesUpTo(blocks.endAfter(length))) {
            budget.giveBack(BLOCK_COST);
            return 0;
        }
        return blocks.take(length);
    }

    /** A new block with this content, 0 when it is empty. Throws {@link TrapException} with {@link Trap.MemoryExhausted}. */
    long place(byte[] content) {
        long handle = allocate(content.length);
        if (handle == 0 && content.length > 0) {
            throw new TrapException(new Trap.MemoryExhausted(budget.limit()));
        }
        for (int done = 0; done < content.length; ) {
            long address = handle + done;
            int step = Math.min(content.length - done, PAGE - within(address));
            System.arraycopy(content, done, page(address), within(address), step);
            done += step;
        }
        return handle;
    }

    /** Frees a block; what is not a handle is ignored. */
    void free(long handle) {
        if (blocks.free(handle)) {
            budget.giveBack(BLOCK_COST);
        }
    }

    /** Bytes of a block; 0 for what is not a handle. */
    long length(long handle) {
        return blocks.length(handle);
    }

    /** A copy of a block, cut at {@code most} bytes; empty for what is not a handle. */
    byte[] block(long handle, long most) {
        return range(handle, Math.min(length(handle), most));
    }

    /** Bytes of all pages, now. */
    long size() {
        return (long) pageCount * PAGE;
    }

    /** Gives everything back to the budget; to be called last. */
    void release() {
        budget.giveBack(size() + blocks.count() * BLOCK_COST);
    }

    /** Lets {@code use} have a copy of a block, which counts against the budget as long as it does. */
    <T> T withCopy(long handle, Function<byte[], T> use) {
        long length = length(handle);
        budget.require(length);
        try {
            return use.apply(range(handle, length));
        } finally {
            budget.giveBack(length);
        }
    }

    /** A copy of a range that {@link #contains}. */
    byte[] range(long from, long length) {
        byte[] copy = new byte[Math.toIntExact(length)];
        for (int done = 0; done < copy.length; ) {
            long address = from + done;
            int step = Math.min(copy.length - done, PAGE - within(address));
            System.arraycopy(page(address), within(address), copy, done, step);
            done += step;
        }
        return copy;
    }

    /** Whether the range lies inside of what was ever allocated. */
    boolean contains(long from, long length) {
        return from >= FIRST && length >= 0 && from <= blocks.end() && length <= blocks.end() - from;
    }

    /** The byte there, 0 to 255; 0 outside. */
    int loadByte(long address) {
        return contains(address, 1) ? page(address)[within(address)] & 0xFF : 0;
    }

    /** The eight bytes there, little-endian; 0 when one of them is outside. */
    long loadLong(long address) {
        if (!contains(address, Long.BYTES)) {
            return 0;
        }
        int at = within(address);
        if (at <= PAGE - Long.BYTES) {
            return (long) LONG.get(page(address), at);
        }
        long value = 0;
        for (int index = Long.BYTES - 1; index >= 0; index--) {
            value = value << 8 | loadByte(address + index);
        }
        return value;
    }

    /** Sets a byte; nothing happens outside. */
    void storeByte(long address, int value) {
        if (contains(address, 1)) {
            page(address)[within(address)] = (byte) value;
        }
    }

    /** Sets eight bytes, little-endian; nothing happens when one of them is outside. */
    void storeLong(long address, long value) {
        if (!contains(address, Long.BYTES)) {
            return;
        }
        int at = within(address);
        if (at <= PAGE - Long.BYTES) {
            LONG.set(page(address), at, value);
            return;
        }
        for (int index = 0; index < Long.BYTES; index++) {
            storeByte(address + index, (int) (value >>> 8 * index));
        }
    }

    private boolean addPagesUpTo(long end) {
        int needed = (int) ((end + PAGE - 1) >> PAGE_BITS);
        int missing = Math.max(0, needed - pageCount);
        if (!budget.take((long) missing * PAGE)) {
            return false;
        }
        if (needed > pages.length) {
            pages = Arrays.copyOf(pages, Math.max(needed, 2 * pages.length));
        }
        while (pageCount < needed) {
            pages[pageCount++] = new byte[PAGE];
        }
        return true;
    }

    private byte[] page(long address) {
        return pages[(int) (address >> PAGE_BITS)];
    }

    private static int within(long address) {
        return (int) address & PAGE - 1;
    }
}
