package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.StackFrame;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The engine's interpreter, which also tells the functions that an exception leaves. */
final class TracedInterpreter extends InterpreterMachine {

    private final GuestTrace trace;

    TracedInterpreter(Instance instance, GuestTrace trace) {
        super(instance);
        this.trace = trace;
    }

    @Override
    protected long[] call(
            MStack stack,
            Instance instance,
            Deque<StackFrame> callStack,
            int function,
            long[] arguments,
            @Nullable FunctionType type,
            boolean popResults) {
        try {
            return super.call(stack, instance, callStack, function, arguments, type, popResults);
        } catch (RuntimeException stopped) {
            trace.left(function);
            throw stopped;
        }
    }
}
