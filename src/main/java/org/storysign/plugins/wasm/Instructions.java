package org.storysign.plugins.wasm;

import java.util.Optional;

/** Reads an instruction and refuses those of refused features by name, also where only an immediate tells. */
final class Instructions {

    /** Set in an alignment: the index of a memory follows. Source: core spec 5.4.7. */
    private static final int HAS_MEMORY_INDEX = 0x40;

    private Instructions() {}

    /** Moves the code to its next instruction, which must be there. {@code input} is what the code reads from. */
    static void read(BinaryCursor input, InstructionCursor code, String where) {
        Optional<RefusedFeature> prefixed = RefusedFeature.ofPrefix(input.peek());
        if (prefixed.isPresent()) {
            throw prefixed.get().found("instruction 0x%02X …".formatted(input.peek()), at(where, input.position()));
        }
        if (code.next()) {
            requireAccepted(code, where);
        }
    }

    private static void requireAccepted(InstructionCursor code, String where) {
        Opcode opcode = code.opcode();
        switch (opcode.feature()) {
            case CORE, REFERENCE_TYPES -> requireImmediates(code, where);
            case TABLE_MUTATION, TAIL_CALLS, EXCEPTION_HANDLING, GC ->
                throw RefusedFeature.of(opcode)
                        .orElseThrow()
                        .found("instruction `" + opcode.mnemonic() + "`", at(where, code.start()));
        }
    }

    private static void requireImmediates(InstructionCursor code, String where) {
        switch (code.opcode().immediate()) {
            case MEMORY, MEMORY_PAIR, DATA_AND_MEMORY -> requireMemoryZero(code, where);
            case MEMORY_ARGUMENT -> {
                if (code.first() >= HAS_MEMORY_INDEX) {
                    throw multiMemory(code, where);
                }
            }
            case REFERENCE_TYPE -> requireType(code, (int) code.first(), where);
            case VALUE_TYPES -> requireOneType(code, where);
            case BLOCK_TYPE -> requireBlockType(code, where);
            default -> {}
        }
    }

    private static void requireMemoryZero(InstructionCursor code, String where) {
        boolean zero = code.opcode() == Opcode.MEMORY_INIT ? code.second() == 0 : (code.first() | code.second()) == 0;
        if (!zero) {
            throw multiMemory(code, where);
        }
    }

    private static void requireOneType(InstructionCursor code, String where) {
        if (code.first() != 1) {
            throw new MalformedModuleException(code.start(), "select needs one type, found " + code.first());
        }
        requireType(code, (int) code.second(), where);
    }

    private static void requireBlockType(InstructionCursor code, String where) {
        if (code.first() >= 0) {
            return;
        }
        int shorthand = (int) code.first() & 0x7F;
        if (code.end() - code.immediateStart() != 1) {
            throw new MalformedModuleException(code.immediateStart(), "block type is neither a type nor an index");
        }
        if (shorthand != 0x40) {
            requireType(code, shorthand, where);
        }
    }

    private static void requireType(InstructionCursor code, int type, String where) {
        if (ValueType.of(type).isEmpty()) {
            ValueType.ofCode(type, code.immediateStart(), at(where, code.start()));
        }
    }

    private static RejectedModuleException multiMemory(InstructionCursor code, String where) {
        return RefusedFeature.MULTI_MEMORY.found(
                "`" + code.opcode().mnemonic() + "` on another memory than 0", at(where, code.start()));
    }

    private static String at(String where, int offset) {
        return where + ", offset " + offset;
    }
}
