package org.storysign.plugins.wasm;

/** Reads element and data segments. Source: core spec 5.5.12 and 5.5.14. */
final class Segments {

    private static final int PASSIVE_OR_DECLARATIVE = 0x01;
    private static final int EXPLICIT_INDEX = 0x02;
    private static final int EXPRESSIONS = 0x04;

    private Segments() {}

    static void readElements(BinaryCursor input) {
        long count = PreflightCap.ELEMENT_SEGMENTS.require(input.count(2), "element section");
        long entries = 0;
        for (int index = 0; index < count; index++) {
            entries += readElementSegment(input, "element segment " + index, entries);
        }
    }

    private static long readElementSegment(BinaryCursor input, String where, long before) {
        int at = input.position();
        long flags = input.u32();
        if (flags > 0x07) {
            throw new MalformedModuleException(at, "unknown kind of element segment " + flags);
        }
        boolean isActive = (flags & PASSIVE_OR_DECLARATIVE) == 0;
        if (isActive) {
            readTarget(input, (flags & EXPLICIT_INDEX) != 0, where);
        }
        boolean isExpressions = (flags & EXPRESSIONS) != 0;
        if ((flags & (PASSIVE_OR_DECLARATIVE | EXPLICIT_INDEX)) != 0) {
            readKind(input, isExpressions, where);
        }
        return readEntries(input, isExpressions, where, before);
    }

    private static void readTarget(BinaryCursor input, boolean isExplicit, String where) {
        if (isExplicit && input.u32() != 0) {
            throw RefusedFeature.MULTI_TABLE.found("a segment for another table than 0", where);
        }
        ConstantExpression.skip(input, where);
    }

    private static void readKind(BinaryCursor input, boolean isExpressions, String where) {
        int at = input.position();
        if (isExpressions) {
            ValueType.readReference(input, where);
        } else if (input.u8() != 0x00) {
            throw new MalformedModuleException(at, "unknown kind of elements");
        }
    }

    private static long readEntries(BinaryCursor input, boolean isExpressions, String where, long before) {
        int count = input.count(isExpressions ? 2 : 1);
        PreflightCap.ELEMENTS.require(before + count, where);
        for (int entry = 0; entry < count; entry++) {
            if (isExpressions) {
                ConstantExpression.skip(input, where);
            } else {
                input.u32();
            }
        }
        return count;
    }

    /** Returns how many there are. */
    static long readData(BinaryCursor input) {
        long count = PreflightCap.DATA_SEGMENTS.require(input.count(2), "data section");
        for (int index = 0; index < count; index++) {
            int at = input.position();
            long flags = input.u32();
            if (flags > 0x02) {
                throw new MalformedModuleException(at, "unknown kind of data segment " + flags);
            }
            if (flags == EXPLICIT_INDEX && input.u32() != 0) {
                throw RefusedFeature.MULTI_MEMORY.found("data for another memory than 0", "data segment " + index);
            }
            if (flags != PASSIVE_OR_DECLARATIVE) {
                ConstantExpression.skip(input, "data segment " + index);
            }
            input.skip(input.u32());
        }
        return count;
    }
}
