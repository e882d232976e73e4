package org.storysign.plugins.wasm;

import org.jspecify.annotations.Nullable;
import org.storysign.plugins.wasm.Opcode.Immediate;

/**
 * Walks over a sequence of instructions one at a time, without allocating. After {@link #next} the accessors describe the
 * instruction just read; immediates that it does not have read as 0. Not safe for concurrent use. Source: core spec 5.4.
 */
public final class InstructionCursor {

    private final BinaryCursor input;
    private Opcode opcode = Opcode.NOP;
    private int start;
    private int immediateStart;
    private long first;
    private long second;

    public InstructionCursor(BinaryCursor input) {
        this.input = input;
    }

    /** Reads one instruction; false at the end of the input. Throws {@link MalformedModuleException}. */
    public boolean next() {
        if (input.atEnd()) {
            return false;
        }
        start = input.position();
        first = 0;
        second = 0;
        opcode = readOpcode();
        immediateStart = input.position();
        readImmediates();
        return true;
    }

    public Opcode opcode() {
        return opcode;
    }

    /** Offset of the instruction's first byte. */
    public int start() {
        return start;
    }

    /** Offset of the first byte behind its number. */
    public int immediateStart() {
        return immediateStart;
    }

    /** Offset of the byte behind it. */
    public int end() {
        return input.position();
    }

    /**
     * The first immediate: an index, a label, a constant's bits, a block type (signed), an alignment; for br_table the number of
     * targets without the default. The bits of floating-point constants are not read.
     */
    public long first() {
        return first;
    }

    /**
     * The second immediate: the table of call_indirect and table.init, an offset, the second memory or table of a copy, the
     * first type of a typed select; for br_table the largest label.
     */
    public long second() {
        return second;
    }

    private Opcode readOpcode() {
        int number = input.u8();
        if (number != 0xFC) {
            return known(Opcode.find(number), "", number);
        }
        long behindPrefix = input.u32();
        return known(behindPrefix < 256 ? Opcode.find(0xFC00 + (int) behindPrefix) : null, "0xFC ", behindPrefix);
    }

    private Opcode known(@Nullable Opcode found, String prefix, long number) {
        if (found == null) {
            throw new MalformedModuleException(start, "unknown instruction " + prefix + "0x%02X".formatted(number));
        }
        return found;
    }

    private void readImmediates() {
        switch (opcode.immediate()) {
            case NONE, REFUSED -> {}
            case BLOCK_TYPE -> first = input.s33();
            case LABEL, FUNCTION, LOCAL, GLOBAL, TABLE, DATA, ELEMENT -> first = input.u32();
            case TYPE_AND_TABLE, TABLE_PAIR, ELEMENT_AND_TABLE -> {
                first = input.u32();
                second = input.u32();
            }
            case DATA_AND_MEMORY -> {
                first = input.u32();
                second = input.u8();
            }
            case MEMORY -> first = input.u8();
            case MEMORY_PAIR -> {
                first = input.u8();
                second = input.u8();
            }
            case MEMORY_ARGUMENT -> {
                first = input.u32();
                second = input.u32();
            }
            case REFERENCE_TYPE -> first = input.u8();
            case I32 -> first = input.s32();
            case I64 -> first = input.s64();
            case F32 -> input.skip(4);
            case F64 -> input.skip(8);
            case VALUE_TYPES -> {
                int count = input.count(1);
                first = count;
                second = count == 0 ? 0 : input.peek();
                input.skip(count);
            }
            case BRANCH_TABLE -> {
                int count = input.count(1);
                first = count;
                for (int target = 0; target <= count; target++) {
                    second = Math.max(second, input.u32());
                }
            }
        }
    }

    /** Whether the instruction opens a block that an {@code end} closes. */
    public boolean opensBlock() {
        return opcode.immediate() == Immediate.BLOCK_TYPE;
    }
}
