package org.storysign.plugins.differential;

import java.util.List;

/** The number types, with the instructions that work on them by their numbers; those behind 0xFC are 0xFC00 + n. */
enum Num {
    I32(
            0x7F,
            List.of(0x67, 0x68, 0x69, 0xC0, 0xC1),
            List.of(0x6A, 0x6B, 0x6C, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78),
            List.of(0x46, 0x47, 0x48, 0x49, 0x4A, 0x4B, 0x4C, 0x4D, 0x4E, 0x4F),
            List.of(0x6D, 0x6E, 0x6F, 0x70),
            List.of(0x28, 0x2C, 0x2D, 0x2E, 0x2F),
            List.of(0x36, 0x3A, 0x3B)),
    I64(
            0x7E,
            List.of(0x79, 0x7A, 0x7B, 0xC2, 0xC3, 0xC4),
            List.of(0x7C, 0x7D, 0x7E, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A),
            List.of(0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59, 0x5A),
            List.of(0x7F, 0x80, 0x81, 0x82),
            List.of(0x29, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35),
            List.of(0x37, 0x3C, 0x3D, 0x3E)),
    F32(
            0x7D,
            List.of(0x8B, 0x8C, 0x8D, 0x8E, 0x8F, 0x90, 0x91),
            List.of(0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98),
            List.of(0x5B, 0x5C, 0x5D, 0x5E, 0x5F, 0x60),
            List.of(),
            List.of(0x2A),
            List.of(0x38)),
    F64(
            0x7C,
            List.of(0x99, 0x9A, 0x9B, 0x9C, 0x9D, 0x9E, 0x9F),
            List.of(0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6),
            List.of(0x61, 0x62, 0x63, 0x64, 0x65, 0x66),
            List.of(),
            List.of(0x2B),
            List.of(0x39));

    /** An instruction that turns a value of one type into another's. */
    record Conversion(Num from, int opcode) {}

    private final int code;
    private final List<Integer> unary;
    private final List<Integer> binary;
    private final List<Integer> comparisons;
    private final List<Integer> divisions;
    private final List<Integer> loads;
    private final List<Integer> stores;

    Num(
            int code,
            List<Integer> unary,
            List<Integer> binary,
            List<Integer> comparisons,
            List<Integer> divisions,
            List<Integer> loads,
            List<Integer> stores) {
        this.code = code;
        this.unary = unary;
        this.binary = binary;
        this.comparisons = comparisons;
        this.divisions = divisions;
        this.loads = loads;
        this.stores = stores;
    }

    int code() {
        return code;
    }

    boolean isFloat() {
        return this == F32 || this == F64;
    }

    List<Integer> unary() {
        return unary;
    }

    List<Integer> binary() {
        return binary;
    }

    /** Of two operands of this type, with an i32 as result. */
    List<Integer> comparisons() {
        return comparisons;
    }

    /** Those that can trap. */
    List<Integer> divisions() {
        return divisions;
    }

    List<Integer> loads() {
        return loads;
    }

    List<Integer> stores() {
        return stores;
    }

    /** Whatever gives a value of this type; the trapping ones are left to the caller's care. */
    List<Conversion> conversions() {
        return switch (this) {
            case I32 ->
                List.of(
                        new Conversion(I64, 0xA7),
                        new Conversion(I64, 0x50),
                        new Conversion(I32, 0x45),
                        new Conversion(F32, 0xFC00),
                        new Conversion(F32, 0xFC01),
                        new Conversion(F64, 0xFC02),
                        new Conversion(F64, 0xFC03),
                        new Conversion(F32, 0xBC));
            case I64 ->
                List.of(
                        new Conversion(I32, 0xAC),
                        new Conversion(I32, 0xAD),
                        new Conversion(F32, 0xFC04),
                        new Conversion(F32, 0xFC05),
                        new Conversion(F64, 0xFC06),
                        new Conversion(F64, 0xFC07),
                        new Conversion(F64, 0xBD));
            case F32 ->
                List.of(
                        new Conversion(I32, 0xB2),
                        new Conversion(I32, 0xB3),
                        new Conversion(I64, 0xB4),
                        new Conversion(I64, 0xB5),
                        new Conversion(F64, 0xB6),
                        new Conversion(I32, 0xBE));
            case F64 ->
                List.of(
                        new Conversion(I32, 0xB7),
                        new Conversion(I32, 0xB8),
                        new Conversion(I64, 0xB9),
                        new Conversion(I64, 0xBA),
                        new Conversion(F32, 0xBB),
                        new Conversion(I64, 0xBF));
        };
    }

    /** Conversions to integers that trap on what does not fit. */
    List<Conversion> trappingConversions() {
        return switch (this) {
            case I32 ->
                List.of(
                        new Conversion(F32, 0xA8),
                        new Conversion(F32, 0xA9),
                        new Conversion(F64, 0xAA),
                        new Conversion(F64, 0xAB));
            case I64 ->
                List.of(
                        new Conversion(F32, 0xAE),
                        new Conversion(F32, 0xAF),
                        new Conversion(F64, 0xB0),
                        new Conversion(F64, 0xB1));
            case F32, F64 -> List.of();
        };
    }
}
