package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.runtime.ExecutionListener;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.wasm.types.Instruction;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/**
 * Puts right what the engine's interpreter gets wrong, just before it does: its {@code if} looks at 64 bits of a condition although
 * {@code i32.mul} leaves more than 32, and three of its stores wrap around at 2^32 where they must trap. Compiled code has neither
 * fault and does not call this. Source: core spec 4.4.8 and 4.4.7.
 */
final class InterpreterCorrections implements ExecutionListener {

    static final InterpreterCorrections OF_ALL_INSTANCES = new InterpreterCorrections();

    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private InterpreterCorrections() {}

    @Override
    public void onExecution(Instruction instruction, MStack stack) {
        switch (instruction.opcode()) {
            case IF -> stack.push((int) stack.pop());
            case I32_STORE8, I64_STORE8, I64_STORE32 -> requireNoWrap(instruction.operand(1), stack);
            default -> {}
        }
    }

    /** Memory itself refuses addresses that are only too large. */
    private static void requireNoWrap(long offset, MStack stack) {
        long value = stack.pop();
        long address = stack.peek() & UNSIGNED;
        stack.push(value);
        if (address + (offset & UNSIGNED) > Integer.MAX_VALUE) {
            throw new TrapException(new Trap.OutOfBoundsMemory(""));
        }
    }
}
