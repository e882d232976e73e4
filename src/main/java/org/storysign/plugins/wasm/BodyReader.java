package org.storysign.plugins.wasm;

import java.util.Optional;

/** Walks over function bodies, once, and counts what a hostile one has too much of. Source: core spec 5.4 and 5.5.13. */
final class BodyReader {

    /** See {@link RefusedFeature#BLOCK_PARAMETERS}. */
    private static final int MOST_BLOCK_PARAMETERS = 1;

    private final TypeTable types;
    private final FunctionTable functions;
    private final boolean hasDataCount;
    private final CodeTally tally;
    private final OperandStack stack = new OperandStack();
    private String where = "";
    private long targets;

    BodyReader(TypeTable types, FunctionTable functions, boolean hasDataCount, CodeTally tally) {
        this.types = types;
        this.functions = functions;
        this.hasDataCount = hasDataCount;
        this.tally = tally;
    }

    /** Reads the body of the function with this index, imports counted; the input ends where it must end. */
    void read(BinaryCursor body, int function) {
        where = "function " + function;
        targets = 0;
        readLocals(body);
        stack.enterFunction(
                functions.typeOf(function).map(type -> type.results().size()).orElse(0));
        readInstructions(body);
    }

    private void readLocals(BinaryCursor body) {
        long groups = PreflightCap.LOCALS_OF_FUNCTION.require(body.count(2), where);
        long locals = 0;
        for (int group = 0; group < groups; group++) {
            locals += body.u32();
            ValueType.read(body, where);
        }
        tally.addLocals(PreflightCap.LOCALS_OF_FUNCTION.require(locals, where), where);
    }

    private void readInstructions(BinaryCursor body) {
        InstructionCursor code = new InstructionCursor(body);
        long count = 0;
        boolean isOpen = true;
        while (isOpen) {
            Instructions.read(body, code, where);
            count++;
            if (PreflightCap.INSTRUCTIONS_OF_FUNCTION.isExceededBy(count)) {
                throw PreflightCap.INSTRUCTIONS_OF_FUNCTION.exceeded(count, where);
            }
            isOpen = step(code);
            if (PreflightCap.OPERANDS.isExceededBy(stack.height())) {
                throw PreflightCap.OPERANDS.exceeded(stack.height(), where);
            }
        }
        if (!body.atEnd()) {
            throw new MalformedModuleException(body.position(), where + " goes on behind its end");
        }
        tally.addInstructions(count, where);
    }

    /** Returns whether the function goes on. */
    private boolean step(InstructionCursor code) {
        switch (code.opcode()) {
            case BLOCK, LOOP -> open(code);
            case IF -> {
                stack.apply(1, 0);
                open(code);
            }
            case ELSE -> requireIf(code);
            case END -> {
                return stack.close();
            }
            case UNREACHABLE -> stack.unreachable();
            case BR, BR_IF, BR_TABLE, RETURN -> branch(code);
            case CALL -> call(functions.typeOf(code.first()));
            case CALL_INDIRECT -> callIndirect(code);
            case MEMORY_INIT, DATA_DROP -> requireDataCount(code);
            default -> stack.apply(code.opcode().pops(), code.opcode().pushes());
        }
        return true;
    }

    private void open(InstructionCursor code) {
        if (PreflightCap.NESTING.isExceededBy(stack.depth() + 1L)) {
            throw PreflightCap.NESTING.exceeded(stack.depth() + 1L, where);
        }
        int shorthandResults = code.first() >= 0 || code.first() == -64 ? 0 : 1;
        Optional<FunctionType> type = types.find(code.first());
        type.ifPresent(known -> requireFewParameters(known, code));
        stack.open(type, shorthandResults, code.opcode() == Opcode.IF);
    }

    private void requireFewParameters(FunctionType type, InstructionCursor code) {
        if (type.params().size() > MOST_BLOCK_PARAMETERS) {
            throw RefusedFeature.BLOCK_PARAMETERS.found(
                    "`" + code.opcode().mnemonic() + "` of type " + type, where + ", offset " + code.start());
        }
    }

    private void requireIf(InstructionCursor code) {
        if (!stack.otherwise()) {
            throw new MalformedModuleException(code.start(), "else without if");
        }
    }

    private void branch(InstructionCursor code) {
        switch (code.opcode()) {
            case BR_IF -> {
                stack.apply(1, 0);
                count(1, code.first());
            }
            case BR_TABLE -> {
                stack.apply(1, 0);
                targets += code.first();
                PreflightCap.BRANCH_TARGETS_OF_FUNCTION.require(targets, where);
                count(code.first() + 1, code.second());
                stack.unreachable();
            }
            case RETURN -> {
                count(1, stack.depth());
                stack.unreachable();
            }
            default -> {
                count(1, code.first());
                stack.unreachable();
            }
        }
    }

    private void count(long ways, long label) {
        tally.addBranch(ways, stack.leaves(label), stack.above(label), where);
    }

    private void call(Optional<FunctionType> type) {
        type.ifPresent(
                known -> stack.apply(known.params().size(), known.results().size()));
    }

    private void callIndirect(InstructionCursor code) {
        if (code.second() != 0) {
            throw RefusedFeature.MULTI_TABLE.found(
                    "`call_indirect` through another table than 0", where + ", offset " + code.start());
        }
        stack.apply(1, 0);
        call(types.find(code.first()));
    }

    private void requireDataCount(InstructionCursor code) {
        if (!hasDataCount) {
            throw new MalformedModuleException(
                    code.start(), "`" + code.opcode().mnemonic() + "` needs a data count section");
        }
        stack.apply(code.opcode().pops(), code.opcode().pushes());
    }
}
