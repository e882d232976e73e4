package org.storysign.plugins.wasm.fuel;

import java.util.List;
import org.storysign.plugins.wasm.BinaryCursor;
import org.storysign.plugins.wasm.InstructionCursor;
import org.storysign.plugins.wasm.Opcode;
import org.storysign.plugins.wasm.ValueType;

/**
 * Writes one function anew: with charges at the places of its {@link ChargePlanner plan}, new function indices, and, when it counts
 * the depth, inside a block of its own. The block's label takes the place of the function's, so every way out of the code leads
 * behind the block, where the depth is given back; a {@code return} becomes a branch there.
 */
final class BodyRewriter {

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
        writeLocals(worksByLength);
        List<Charge> charges = ChargePlanner.plan(body, costs);
        meter.charge(charges.getFirst(), code);
        if (weight > 0) {
            meter.descend(weight, code);
            code.opcode(Opcode.BLOCK).signed(types.blockType(body.type().results()));
        }
        writeInstructions(charges, weight > 0);
        if (weight > 0) {
            meter.ascend(weight, code);
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

    private void writeInstructions(List<Charge> charges, boolean counted) {
        int next = 1;
        InstructionCursor instruction = body.instructions();
        while (instruction.next()) {
            write(instruction, counted);
            if (next < charges.size() && charges.get(next).position() == instruction.end()) {
                meter.charge(charges.get(next), code);
                next++;
            }
        }
        if (next < charges.size()) {
            throw new IllegalStateException("a charge stands between instructions");
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
