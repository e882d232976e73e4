package org.storysign.plugins.wasm;

import java.util.Arrays;

/**
 * Reads the binary format's primitives from a part of a byte array, never past its end and never allocating by a count that
 * the input declares. Not safe for concurrent use. Source: core spec 5.2.
 */
public final class BinaryCursor {

    private final byte[] bytes;
    private final int end;
    private int position;

    /** Reads {@code bytes[from, to)}; the array is not copied and must not change meanwhile. */
    public BinaryCursor(byte[] bytes, int from, int to) {
        if (from < 0 || to < from || to > bytes.length) {
            throw new IllegalArgumentException("no range [" + from + ", " + to + ") in " + bytes.length + " bytes");
        }
        this.bytes = bytes;
        this.position = from;
        this.end = to;
    }

    /** A cursor at the same place over the same bytes, which moves by itself. */
    public BinaryCursor copy() {
        return new BinaryCursor(bytes, position, end);
    }

    public int position() {
        return position;
    }

    public int end() {
        return end;
    }

    public int remaining() {
        return end - position;
    }

    public boolean atEnd() {
        return position == end;
    }

    /** The next byte, 0 to 255, without moving. */
    public int peek() {
        require(1);
        return bytes[position] & 0xFF;
    }

    /** The next byte, 0 to 255. */
    public int u8() {
        require(1);
        return bytes[position++] & 0xFF;
    }

    /** An unsigned LEB128 number of at most 32 bits. */
    public long u32() {
        return unsigned(32);
    }

    /** A signed LEB128 number of 32 bits. */
    public int s32() {
        return (int) signed(32);
    }

    /** A signed LEB128 number of 33 bits: a block type. */
    public long s33() {
        return signed(33);
    }

    /** A signed LEB128 number of 64 bits. */
    public long s64() {
        return signed(64);
    }

    /** An unsigned LEB128 number of at most 64 bits: a memory offset of memory64 (its bits, not its sign, count). */
    public long u64() {
        return unsigned(64);
    }

    /** A number of entries that follow, each at least {@code leastBytes} long: refused when they cannot fit. */
    public int count(int leastBytes) {
        int at = position;
        long count = u32();
        if (count * leastBytes > remaining()) {
            throw new MalformedModuleException(
                    at, "declares " + count + " entries, but only " + remaining() + " bytes remain");
        }
        return (int) count;
    }

    /** Moves on by {@code length} bytes. */
    public void skip(long length) {
        require(length);
        position += (int) length;
    }

    /** A cursor over the next {@code length} bytes; this one moves behind them. */
    public BinaryCursor slice(long length) {
        require(length);
        BinaryCursor slice = new BinaryCursor(bytes, position, position + (int) length);
        position += (int) length;
        return slice;
    }

    /** A copy of the next {@code length} bytes. */
    public byte[] take(long length) {
        require(length);
        byte[] taken = Arrays.copyOfRange(bytes, position, position + (int) length);
        position += (int) length;
        return taken;
    }

    private void require(long length) {
        if (length < 0 || length > remaining()) {
            throw new MalformedModuleException(
                    position, "needs " + length + " more bytes, but only " + remaining() + " remain");
        }
    }

    private long unsigned(int bits) {
        int at = position;
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = u8();
            int left = bits - shift;
            if ((left < 7 && (next & 0x7F) >>> left != 0) || (left <= 7 && next > 0x7F)) {
                throw new MalformedModuleException(at, "integer is longer than " + bits + " bits");
            }
            value |= (long) (next & 0x7F) << shift;
            if (next <= 0x7F) {
                return value;
            }
        }
    }

    private long signed(int bits) {
        int at = position;
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = u8();
            int left = bits - shift;
            if (left <= 7 && (next > 0x7F || !isSignExtended(next, left))) {
                throw new MalformedModuleException(at, "integer is longer than " + bits + " bits");
            }
            value |= (long) (next & 0x7F) << shift;
            if (next <= 0x7F) {
                int used = Math.min(shift + 7, 64);
                return value << (64 - used) >> (64 - used);
            }
        }
    }

    /** Whether the bits of a last byte above the value's {@code left} bits all repeat its sign. */
    private static boolean isSignExtended(int last, int left) {
        int above = (byte) (last << 1) >> left;
        return above == 0 || above == -1;
    }
}
