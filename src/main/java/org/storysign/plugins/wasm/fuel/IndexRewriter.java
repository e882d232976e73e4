package org.storysign.plugins.wasm.fuel;

import java.util.BitSet;
import org.storysign.plugins.wasm.BinaryCursor;
import org.storysign.plugins.wasm.InstructionCursor;
import org.storysign.plugins.wasm.Opcode;

/**
 * Copies the sections outside the code that name functions, with the functions' new indices, and remembers to which functions
 * they make references.
 */
final class IndexRewriter {

    private static final int EXPORTED_FUNCTION = 0;
    private static final int NOT_ACTIVE = 1;
    private static final int TABLE_NAMED = 2;
    private static final int EXPRESSIONS = 4;

    private final byte[] source;
    private final FunctionShift shift;
    private final BitSet referenced = new BitSet();

    IndexRewriter(byte[] source, FunctionShift shift) {
        this.source = source;
        this.shift = shift;
    }

    /** Functions, by their old indices, to which the sections copied so far make references. */
    BitSet referenced() {
        return referenced;
    }

    BinaryWriter exports(BinaryCursor section) {
        BinaryWriter copy = new BinaryWriter();
        int count = SourceModule.entries(section);
        copy.unsigned(count);
        for (int entry = 0; entry < count; entry++) {
            bytes(section, copy);
            int kind = section.u8();
            long index = section.u32();
            copy.u8(kind).unsigned(kind == EXPORTED_FUNCTION ? shift.of(index) : index);
        }
        return copy;
    }

    BinaryWriter start(BinaryCursor section) {
        return new BinaryWriter().unsigned(shift.of(section.u32()));
    }

    /** The globals without their number: type and initial value of each. */
    BinaryWriter globals(BinaryCursor section, int count) {
        BinaryWriter copy = new BinaryWriter();
        for (int global = 0; global < count; global++) {
            copy.u8(section.u8()).u8(section.u8());
            expression(section, copy);
        }
        return copy;
    }

    /** Element segments, in each of their eight forms. Source: core spec 5.5.12. */
    BinaryWriter elements(BinaryCursor section) {
        BinaryWriter copy = new BinaryWriter();
        int count = SourceModule.entries(section);
        copy.unsigned(count);
        for (int segment = 0; segment < count; segment++) {
            element(section, copy);
        }
        return copy;
    }

    private void element(BinaryCursor section, BinaryWriter copy) {
        int form = (int) section.u32();
        copy.unsigned(form);
        if ((form & NOT_ACTIVE) == 0) {
            if ((form & TABLE_NAMED) != 0) {
                copy.unsigned(section.u32());
            }
            expression(section, copy);
        }
        if ((form & (NOT_ACTIVE | TABLE_NAMED)) != 0) {
            copy.u8(section.u8());
        }
        int items = section.count(1);
        copy.unsigned(items);
        for (int item = 0; item < items; item++) {
            if ((form & EXPRESSIONS) != 0) {
                expression(section, copy);
            } else {
                copy.unsigned(reference(section.u32()));
            }
        }
    }

    /** A constant expression up to its {@code end}. */
    private void expression(BinaryCursor section, BinaryWriter copy) {
        InstructionCursor code = new InstructionCursor(section);
        do {
            if (!code.next()) {
                throw new IllegalStateException("a scanned module has an expression without an end");
            }
            if (code.opcode() == Opcode.REF_FUNC) {
                copy.opcode(Opcode.REF_FUNC).unsigned(reference(code.first()));
            } else {
                copy.copy(source, code.start(), code.end());
            }
        } while (code.opcode() != Opcode.END);
    }

    private long reference(long function) {
        referenced.set((int) function);
        return shift.of(function);
    }

    private static void bytes(BinaryCursor section, BinaryWriter copy) {
        long length = section.u32();
        byte[] bytes = section.take(length);
        copy.unsigned(length).copy(bytes, 0, bytes.length);
    }
}
