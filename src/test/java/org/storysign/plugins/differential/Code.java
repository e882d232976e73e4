package org.storysign.plugins.differential;

import org.storysign.plugins.kit.WasmBytes;

/** Instructions, written one after the other. */
final class Code {

    private static final int BEHIND_FC = 0xFC00;

    private final WasmBytes bytes = new WasmBytes();
    private int instructions;

    /** An instruction without immediates, or its number alone. */
    Code op(int opcode) {
        instructions++;
        if (opcode >= BEHIND_FC) {
            bytes.bytes(0xFC).u32(opcode - BEHIND_FC);
        } else {
            bytes.bytes(opcode);
        }
        return this;
    }

    /** An instruction with unsigned immediates. */
    Code op(int opcode, long... immediates) {
        op(opcode);
        for (long immediate : immediates) {
            bytes.u32(immediate);
        }
        return this;
    }

    Code i32(int value) {
        op(0x41);
        return signed(value);
    }

    Code i64(long value) {
        op(0x42);
        return signed(value);
    }

    Code f32(float value) {
        op(0x43);
        int bits = Float.floatToRawIntBits(value);
        for (int shift = 0; shift < 32; shift += 8) {
            bytes.bytes(bits >>> shift & 0xFF);
        }
        return this;
    }

    Code f64(double value) {
        op(0x44);
        long bits = Double.doubleToRawLongBits(value);
        for (int shift = 0; shift < 64; shift += 8) {
            bytes.bytes((int) (bits >>> shift) & 0xFF);
        }
        return this;
    }

    /** A block, loop or if; {@code type} is a type's index, or one byte given as a negative number. */
    Code open(int opcode, int type) {
        op(opcode);
        return signed(type);
    }

    /** One more unsigned immediate of the last instruction. */
    Code immediate(long value) {
        bytes.u32(value);
        return this;
    }

    Code end() {
        return op(0x0B);
    }

    int instructions() {
        return instructions;
    }

    WasmBytes bytes() {
        return bytes;
    }

    private Code signed(long value) {
        long left = value;
        while (left < -64 || left > 63) {
            bytes.bytes((int) (left & 0x7F | 0x80));
            left >>= 7;
        }
        bytes.bytes((int) (left & 0x7F));
        return this;
    }
}
