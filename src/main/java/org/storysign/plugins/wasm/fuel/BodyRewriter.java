package org.storysign.plugins.wasm.fuel;

import java.util.Iterator;
import org.storysign.plugins.wasm.BinaryCursor;
import org.storysign.plugins.wasm.InstructionCursor;
import org.storysign.plugins.wasm.Opcode;
import org.storysign.plugins.wasm.ValueType;
import org.storysign.plugins.wasm.fuel.CodePlan.Gap;

/**
 * Writes one function anew: with charges at the places of its {@link CodePlan plan}, new function indices, and, when it counts
 * the depth, inside a block of its own. The block's label takes the place of the function's, so every way out of the code leads
 * behind the block, where the depth is given back; a {@code return} becomes a branch there.
 *
 * <p>Functions with branches to their own label get such a block in any case, because the engine's compiler (1.7.5) fails on these
 * when the function ends with the end of a block.
 */
final class BodyRewriter {

    private static final Charge NO_CHARGE = new Charge(Integer.MAX_VALUE, 0, false);
    private static final Gap NO_GAP = new Gap(Integer.MAX_VALUE, Integer.MAX_VALUE, false);

    private final FunctionBody body;
    private final FunctionShift shift;
    private final MeterCode meter;
    private final CostTable costs;
    private final BinaryWriter code = new BinaryWriter();
    private int openBlocks;

    BodyRewriter(FunctionBody body, FunctionShift shift, MeterCode meter, CostTable costs) {
        this.body = body;
        this.shift = shift;
        this.meter = meter;
        this.costs = costs;
    }

    /**
     * The function's new code.
     *
     * @param weight what it pays for depth, or 0
     * @param worksByLength whether it has instructions that cost by length
     * @param types where a block type for its results is found
     */
    BinaryWriter rewrite(long weight, boolean worksByLength, AddedTypes types) {
        CodePlan plan = CodePlanner.plan(body, costs);
        boolean counted = weight > 0;
        boolean wrapped = counted || plan.branchesToFunction();
        writeLocals(worksByLength);
        meter.charge(plan.charges().getFirst(), code);
        if (counted) {
            meter.descend(weight, code);
        }
        if (wrapped) {
            code.opcode(Opcode.BLOCK).signed(types.blockType(body.type().results()));
        }
        writeInstructions(plan, counted);
        if (counted) {
            meter.ascend(weight, code);
        }
        if (wrapped) {
            code.opcode(Opcode.END);
        }
        return code;
    }

    private void writeLocals(boolean worksByLength) {
        BinaryCursor locals = new BinaryCursor(body.source(), body.localsFrom(), body.codeFrom());
        code.unsigned(body.localGroups() + (worksByLength ? 1 : 0)).rest(locals);
        if (worksByLength) {
            code.unsigned(1).u8(ValueType.I32.code());
        }
    }

    private void writeInstructions(CodePlan plan, boolean counted) {
        Iterator<Charge> charges = plan.charges().listIterator(1);
        Iterator<Gap> gaps = plan.gaps().iterator();
        Charge charge = nextOr(charges, NO_CHARGE);
        Gap gap = nextOr(gaps, NO_GAP);
        InstructionCursor instruction = body.instructions();
        while (instruction.next()) {
            if (instruction.start() < gap.from()) {
                write(instruction, counted);
            } else if (instruction.end() == gap.to()) {
                writeGap(gap);
                gap = nextOr(gaps, NO_GAP);
            }
            if (instruction.end() == charge.position()) {
                meter.charge(charge, code);
                charge = nextOr(charges, NO_CHARGE);
            }
        }
    }

    private static <T> T nextOr(Iterator<T> items, T none) {
        return items.hasNext() ? items.next() : none;
    }

    /** Tells validation that the end of a block that is never reached ends the code around it too. */
    private void writeGap(Gap gap) {
        if (gap.behindEnd()) {
            code.opcode(Opcode.UNREACHABLE);
        }
    }

    private void write(InstructionCursor instruction, boolean counted) {
        Opcode opcode = instruction.opcode();
        openBlocks += instruction.opensBlock() ? 1 : 0;
        openBlocks -= opcode == Opcode.END ? 1 : 0;
        costs.byLength(opcode).ifPresent(cost -> meter.chargeByLength(cost, body.locals(), code));
        switch (opcode) {
            case CALL, REF_FUNC -> code.opcode(opcode).unsigned(shift.of(instruction.first()));
            case RETURN -> {
                if (counted) {
                    code.opcode(Opcode.BR).unsigned(openBlocks);
                } else {
                    code.opcode(opcode);
                }
            }
            default -> code.copy(body.source(), instruction.start(), instruction.end());
        }
    }
}
