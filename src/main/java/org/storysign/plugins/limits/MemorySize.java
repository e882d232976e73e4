package org.storysign.plugins.limits;

/** An amount of memory in bytes, not negative. */
public record MemorySize(long bytes) implements Comparable<MemorySize> {

    public static final MemorySize ZERO = new MemorySize(0);

    public MemorySize {
        if (bytes < 0) {
            throw new IllegalArgumentException("memory size is negative: " + bytes);
        }
    }

    public static MemorySize ofMiB(long mebibytes) {
        return new MemorySize(Math.multiplyExact(mebibytes, 1L << 20));
    }

    public static MemorySize ofKiB(long kibibytes) {
        return new MemorySize(Math.multiplyExact(kibibytes, 1L << 10));
    }

    /** Whole WebAssembly pages of 64 KiB that fit. */
    public int wholePages() {
        return (int) Math.min(bytes >> 16, 65_536);
    }

    @Override
    public int compareTo(MemorySize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** Such as {@code 64 MiB}, {@code 256 KiB} or {@code 100 bytes}: the largest unit that divides it. */
    @Override
    public String toString() {
        if (bytes > 0 && bytes % (1L << 20) == 0) {
            return (bytes >> 20) + " MiB";
        }
        if (bytes > 0 && bytes % (1L << 10) == 0) {
            return (bytes >> 10) + " KiB";
        }
        return bytes + " bytes";
    }
}
