package org.storysign.plugins.wasm.fuel;

import java.util.Set;
import org.storysign.plugins.wasm.Opcode;
import org.storysign.plugins.wasm.fuel.CostTable.LengthCost;

/**
 * The instructions the meter adds. Each sequence leaves the operands as it found them and has no label that code of the guest could
 * be counted against.
 */
final class MeterCode {

    private final FunctionShift shift;
    private final int fuelGlobal;
    private final int depthGlobal;
    private final Set<Guard> guards;

    MeterCode(FunctionShift shift, int fuelGlobal, Set<Guard> guards) {
        this.shift = shift;
        this.fuelGlobal = fuelGlobal;
        this.depthGlobal = fuelGlobal + 1;
        this.guards = guards;
    }

    /** {@code fuel -= units}, and the check if the charge asks for it. */
    void charge(Charge charge, BinaryWriter code) {
        if (charge.units() != 0) {
            add(fuelGlobal, -charge.units(), code);
        }
        if (charge.checked()) {
            checkFuel(code);
        }
    }

    /** {@code fuel -= length × units / per}, and a check; the length is the i32 on top of the stack and stays there. */
    void chargeByLength(LengthCost cost, long scratchLocal, BinaryWriter code) {
        if (!guards.contains(Guard.LENGTH_CHARGE)) {
            return;
        }
        code.opcode(Opcode.LOCAL_TEE).unsigned(scratchLocal);
        code.opcode(Opcode.GLOBAL_GET).unsigned(fuelGlobal);
        code.opcode(Opcode.LOCAL_GET).unsigned(scratchLocal).opcode(Opcode.I64_EXTEND_I32_U);
        if (cost.units() != 1) {
            code.opcode(Opcode.I64_CONST).signed(cost.units()).opcode(Opcode.I64_MUL);
        }
        if (cost.per() != 1) {
            code.opcode(Opcode.I64_CONST).signed(cost.per()).opcode(Opcode.I64_DIV_U);
        }
        code.opcode(Opcode.I64_SUB).opcode(Opcode.GLOBAL_SET).unsigned(fuelGlobal);
        checkFuel(code);
    }

    /** {@code depth -= weight}, and a check. */
    void descend(long weight, BinaryWriter code) {
        add(depthGlobal, -weight, code);
        if (guards.contains(Guard.DEPTH_CHECK)) {
            callIfNegative(depthGlobal, shift.descend(), code);
        }
    }

    /** {@code depth += weight}. */
    void ascend(long weight, BinaryWriter code) {
        add(depthGlobal, weight, code);
    }

    private void checkFuel(BinaryWriter code) {
        if (guards.contains(Guard.FUEL_CHECK)) {
            callIfNegative(fuelGlobal, shift.refill(), code);
        }
    }

    private static void add(int global, long change, BinaryWriter code) {
        code.opcode(Opcode.GLOBAL_GET).unsigned(global);
        code.opcode(Opcode.I64_CONST).signed(change).opcode(Opcode.I64_ADD);
        code.opcode(Opcode.GLOBAL_SET).unsigned(global);
    }

    private static void callIfNegative(int global, int function, BinaryWriter code) {
        code.opcode(Opcode.GLOBAL_GET).unsigned(global);
        code.opcode(Opcode.I64_CONST).signed(0).opcode(Opcode.I64_LT_S);
        code.opcode(Opcode.IF).signed(BlockType.EMPTY);
        code.opcode(Opcode.CALL).unsigned(function).opcode(Opcode.END);
    }
}
