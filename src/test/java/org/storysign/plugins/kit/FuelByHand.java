package org.storysign.plugins.kit;

import com.dylibso.chicory.runtime.ExecutionListener;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.wasm.types.Instruction;
import org.storysign.plugins.wasm.Opcode;
import org.storysign.plugins.wasm.fuel.CostTable;

/**
 * Adds up what a run costs, instruction by instruction, while the interpreter runs a module as its author built it: straight from
 * the cost table, without the instrumenter. Locals to clear are not seen here.
 */
public final class FuelByHand implements ExecutionListener {

    private final CostTable costs;
    private long units;

    public FuelByHand(CostTable costs) {
        this.costs = costs;
    }

    public long units() {
        return units;
    }

    @Override
    public void onExecution(Instruction instruction, MStack stack) {
        Opcode opcode = Opcode.of(instruction.opcode().opcode()).orElseThrow();
        units += costs.of(opcode);
        costs.byLength(opcode).ifPresent(cost -> units += (stack.peek() & 0xFFFF_FFFFL) * cost.units() / cost.per());
    }
}
