package org.storysign.plugins.wasm.fuel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.storysign.plugins.wasm.BinaryCursor;
import org.storysign.plugins.wasm.Opcode;

/** Writes the binary format's primitives into a buffer that grows. Not safe for concurrent use. Source: core spec 5.2. */
final class BinaryWriter {

    private byte[] bytes = new byte[256];
    private int size;

    BinaryWriter u8(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** An unsigned LEB128 number, as short as can be. */
    BinaryWriter unsigned(long value) {
        long left = value;
        while (Long.compareUnsigned(left, 0x7F) > 0) {
            u8((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        return u8((int) left);
    }

    /** A signed LEB128 number, as short as can be. */
    BinaryWriter signed(long value) {
        long left = value;
        while (left < -64 || left > 63) {
            u8((int) ((left & 0x7F) | 0x80));
            left >>= 7;
        }
        return u8((int) (left & 0x7F));
    }

    /** An instruction's number, without what follows it. */
    BinaryWriter opcode(Opcode opcode) {
        return opcode.code() < 256 ? u8(opcode.code()) : u8(0xFC).unsigned(opcode.code() & 0xFF);
    }

    /** A name: its length in bytes, and its UTF-8. */
    BinaryWriter name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return unsigned(utf8.length).copy(utf8, 0, utf8.length);
    }

    /** {@code source[from, to)} as it is. */
    BinaryWriter copy(byte[] source, int from, int to) {
        room(to - from);
        System.arraycopy(source, from, bytes, size, to - from);
        size += to - from;
        return this;
    }

    /** All that the cursor has not read yet, as it is. */
    BinaryWriter rest(BinaryCursor cursor) {
        byte[] rest = cursor.take(cursor.remaining());
        return copy(rest, 0, rest.length);
    }

    /** What another writer wrote. */
    BinaryWriter all(BinaryWriter other) {
        return copy(other.bytes, 0, other.size);
    }

    /** What another writer wrote, behind its length in bytes. */
    BinaryWriter sized(BinaryWriter other) {
        return unsigned(other.size).all(other);
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int)
                    Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
        }
    }
}
