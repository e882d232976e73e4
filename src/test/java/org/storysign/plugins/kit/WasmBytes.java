package org.storysign.plugins.kit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes of the binary format, written one after the other. Writes what it is told, also what is wrong. */
public final class WasmBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public static WasmBytes of(int... bytes) {
        return new WasmBytes().bytes(bytes);
    }

    public WasmBytes bytes(int... bytes) {
        for (int each : bytes) {
            out.write(each);
        }
        return this;
    }

    public WasmBytes bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public WasmBytes bytes(WasmBytes bytes) {
        return bytes(bytes.toBytes());
    }

    /** The same bytes so many times. */
    public WasmBytes repeat(int times, int... bytes) {
        for (int time = 0; time < times; time++) {
            for (int each : bytes) {
                out.write(each);
            }
        }
        return this;
    }

    /** An unsigned LEB128 number, as short as it can be. */
    public WasmBytes u32(long value) {
        long left = value;
        while (left > 0x7F) {
            out.write((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
        return this;
    }

    /** An unsigned LEB128 number in five bytes, as linkers pad it. */
    public WasmBytes padded(long value) {
        for (int shift = 0; shift < 28; shift += 7) {
            out.write((int) ((value >>> shift & 0x7F) | 0x80));
        }
        out.write((int) (value >>> 28 & 0x0F));
        return this;
    }

    /** A name: its length and its UTF-8 bytes. */
    public WasmBytes name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return u32(utf8.length).bytes(utf8);
    }

    /** A length and that many bytes. */
    public WasmBytes sized(WasmBytes content) {
        byte[] bytes = content.toBytes();
        return u32(bytes.length).bytes(bytes);
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }
}
