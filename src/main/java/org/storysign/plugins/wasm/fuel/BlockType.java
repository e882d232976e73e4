package org.storysign.plugins.wasm.fuel;

/** Numbers that stand for block types, as signed 33-bit numbers; what is not negative is the index of a type. Source: core spec 5.4.1. */
final class BlockType {

    /** No operands in, none out: the byte 0x40. */
    static final long EMPTY = -64;

    private BlockType() {}

    /** One result of the value type with this code: the byte itself. */
    static long ofResult(int valueTypeCode) {
        return valueTypeCode - 0x80L;
    }
}
