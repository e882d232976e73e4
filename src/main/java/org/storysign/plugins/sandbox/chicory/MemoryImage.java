package org.storysign.plugins.sandbox.chicory;

import java.util.Arrays;

/**
 * A memory as a new instance of its module has it, and how to get one back there: only what was written since is copied. Each store
 * marks the page it begins on, which is one write to an array; a page's mark may stand for others as well, when there are more pages
 * than marks. Immutable; for any number of instances of the module.
 */
final class MemoryImage {

    private static final int PAGE_BITS = 12;
    private static final int PAGE = 1 << PAGE_BITS;

    /** What a store that begins on a page may write of the next. */
    private static final int OVERHANG = Long.BYTES - 1;

    private static final byte[] ZEROES = {};

    /** Of 1 MiB: a memory grows. */
    private static final int FEWEST_MARKS = 256;

    private static final int MOST_MARKS = 1_024;

    /** By page; {@link #ZEROES} where the module has no data. */
    private final byte[][] pages;

    private MemoryImage(byte[][] pages) {
        this.pages = pages;
    }

    /** Of the first {@code size} bytes, a multiple of 64 KiB. */
    static MemoryImage of(byte[] bytes, int size) {
        byte[][] pages = new byte[size >> PAGE_BITS][];
        byte[] zeroes = new byte[PAGE];
        for (int page = 0; page < pages.length; page++) {
            int from = page << PAGE_BITS;
            pages[page] = Arrays.equals(bytes, from, from + PAGE, zeroes, 0, PAGE)
                    ? ZEROES
                    : Arrays.copyOfRange(bytes, from, from + PAGE);
        }
        return new MemoryImage(pages);
    }

    /** Marks for a memory that begins with so many bytes: a power of two, so that an index needs a mask and no check. */
    static int[] marks(int size) {
        return new int[Integer.highestOneBit(2 * Math.clamp(size >> PAGE_BITS, FEWEST_MARKS, MOST_MARKS) - 1)];
    }

    /** Says that something is written at the address. */
    static void mark(int[] marks, int address) {
        marks[address >>> PAGE_BITS & marks.length - 1] = 1;
    }

    /** Says that {@code [from, from + length)} is written. */
    static void mark(int[] marks, int from, int length) {
        int end = from + length;
        for (long address = from & -PAGE; address < end; address += PAGE) {
            mark(marks, (int) address);
        }
    }

    /** Undoes what was marked, and forgets the marks. */
    void restore(byte[] bytes, int[] marks) {
        for (int mark = 0; mark < marks.length; mark++) {
            if (marks[mark] != 0) {
                marks[mark] = 0;
                for (int page = mark; page < bytes.length >> PAGE_BITS; page += marks.length) {
                    restore(bytes, page, PAGE);
                    restore(bytes, page + 1, OVERHANG);
                }
            }
        }
    }

    private void restore(byte[] bytes, int page, int length) {
        int from = page << PAGE_BITS;
        if (from == bytes.length) {
            return;
        }
        byte[] content = page < pages.length ? pages[page] : ZEROES;
        if (content == ZEROES) {
            Arrays.fill(bytes, from, from + length, (byte) 0);
        } else {
            System.arraycopy(content, 0, bytes, from, length);
        }
    }
}
