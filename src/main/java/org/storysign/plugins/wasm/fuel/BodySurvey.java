package org.storysign.plugins.wasm.fuel;

import java.util.HashSet;
import java.util.Set;
import org.storysign.plugins.wasm.InstructionCursor;

/**
 * What a function does that matters to others, by one walk over its code. Code that cannot be reached is surveyed too.
 *
 * @param callees the functions it calls directly
 * @param indirectTypes the indices of the types by which it calls through a table
 * @param references the functions it takes a reference to
 * @param highestStack the most operands it has at once, or more
 * @param worksByLength whether it has an instruction that costs by a length
 */
record BodySurvey(
        Set<Integer> callees,
        Set<Integer> indirectTypes,
        Set<Integer> references,
        int highestStack,
        boolean worksByLength) {

    static BodySurvey of(FunctionBody body, SourceModule module, CostTable costs) {
        Set<Integer> callees = new HashSet<>();
        Set<Integer> indirectTypes = new HashSet<>();
        Set<Integer> references = new HashSet<>();
        boolean worksByLength = false;
        OperandStack stack = new OperandStack(module, body.type());
        InstructionCursor code = body.instructions();
        while (code.next()) {
            switch (code.opcode()) {
                case CALL -> callees.add((int) code.first());
                case CALL_INDIRECT -> indirectTypes.add((int) code.first());
                case REF_FUNC -> references.add((int) code.first());
                default -> worksByLength |= costs.byLength(code.opcode()).isPresent();
            }
            stack.after(code);
        }
        return new BodySurvey(callees, indirectTypes, references, stack.highest(), worksByLength);
    }
}
