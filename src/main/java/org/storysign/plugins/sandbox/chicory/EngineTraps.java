package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.TrapException;
import com.dylibso.chicory.wasm.ChicoryException;
import java.util.function.Supplier;
import org.storysign.plugins.sandbox.GuestCall;
import org.storysign.plugins.sandbox.Trap;

/**
 * Gives what the engine throws its name. The engine tells its traps apart by their texts only; those are matched here and go no
 * further. What is not a trap passes as it is, for the sandbox to call it an engine fault.
 */
final class EngineTraps {

    private EngineTraps() {}

    /**
     * Runs guest code; throws {@link org.storysign.plugins.sandbox.TrapException} for the engine's own traps, and tells the call
     * where its guest was stopped.
     */
    static <T> T named(GuestCall call, GuestTrace trace, Supplier<T> guestCode) {
        try {
            return guestCode.get();
        } catch (ChicoryInterruptedException fault) {
            throw fault;
        } catch (ChicoryException stopped) {
            call.stoppedIn(trace.of(stopped));
            throw named(stopped, call.limits().callDepth());
        } catch (org.storysign.plugins.sandbox.TrapException stopped) {
            call.stoppedIn(trace.of(stopped));
            throw stopped;
        }
    }

    private static RuntimeException named(ChicoryException stopped, int callDepth) {
        String text = String.valueOf(stopped.getMessage());
        if (text.startsWith("call stack exhausted")) {
            return trap(new Trap.StackExhausted(callDepth));
        }
        if (text.startsWith("out of bounds memory access")) {
            return trap(new Trap.OutOfBoundsMemory(""));
        }
        if (text.startsWith("out of bounds table access") || text.startsWith("undefined element")) {
            return trap(new Trap.OutOfBoundsTable(""));
        }
        if (text.startsWith("uninitialized element") || text.startsWith("indirect call type mismatch")) {
            return trap(new Trap.IndirectCallMismatch(""));
        }
        return arithmeticOrOther(stopped, text);
    }

    private static RuntimeException arithmeticOrOther(ChicoryException stopped, String text) {
        return switch (text) {
            case "integer divide by zero" -> trap(new Trap.ArithmeticFault("divided an integer by zero"));
            case "integer overflow" -> trap(new Trap.ArithmeticFault("computed an integer that its type cannot hold"));
            case "invalid conversion to integer" ->
                trap(new Trap.ArithmeticFault("converted a number that is not one to an integer"));
            case "Trapped on unreachable instruction" -> trap(new Trap.Unreachable(""));
            default -> stopped instanceof TrapException ? trap(new Trap.Unreachable("")) : stopped;
        };
    }

    private static RuntimeException trap(Trap trap) {
        return new org.storysign.plugins.sandbox.TrapException(trap);
    }
}
