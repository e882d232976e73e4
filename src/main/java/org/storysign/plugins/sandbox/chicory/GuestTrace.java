package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.runtime.InterpreterMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.storysign.plugins.sandbox.GuestStack;
import org.storysign.plugins.wasm.fuel.MeteredModule;

/**
 * Finds out which functions one instance was in when it was stopped. The interpreter tells them while the exception passes its
 * frames; of compiled code they stand in the exception's Java stack, one method a function. So nothing is paid until a guest is
 * stopped, and no more for a stack that is deep. Used by the guest's thread.
 */
final class GuestTrace {

    private static final String COMPILED_CLASSES = "com.dylibso.chicory.$gen.";
    private static final String COMPILED_FUNCTION = "func_";
    private static final String INTERPRETER = InterpreterMachine.class.getName();
    private static final String INTERPRETED_FUNCTION = "eval";

    /**
     * What a compiled module interprets, because the JVM cannot hold it as one method. It is known by the method that compiled code
     * enters it through; not when another such function called it.
     */
    private static final String TOO_LARGE = "a function too large to compile";

    private final MeteredModule module;
    private final List<String> interpreted = new ArrayList<>(0);

    GuestTrace(MeteredModule module) {
        this.module = module;
    }

    /** The interpreter leaves a function without an end: from the innermost on. */
    void left(int function) {
        add(function, interpreted);
    }

    /** Where {@code stopped} was thrown. */
    GuestStack of(RuntimeException stopped) {
        if (!interpreted.isEmpty()) {
            return new GuestStack(interpreted);
        }
        // What stops a start section comes wrapped, its stack with it.
        Throwable origin = stopped.getCause() == null ? stopped : stopped.getCause();
        return new GuestStack(compiled(origin.getStackTrace()));
    }

    private List<String> compiled(StackTraceElement[] stack) {
        List<String> functions = new ArrayList<>();
        boolean unnamed = false;
        for (StackTraceElement frame : stack) {
            boolean isInterpreted = isInterpretedFunction(frame);
            if (isInterpreted && unnamed) {
                add(TOO_LARGE, functions);
            }
            OptionalInt function = compiledFunction(frame);
            function.ifPresent(index -> add(index, functions));
            unnamed = isInterpreted || unnamed && function.isEmpty();
        }
        if (unnamed) {
            add(TOO_LARGE, functions);
        }
        return functions;
    }

    private static boolean isInterpretedFunction(StackTraceElement frame) {
        return frame.getClassName().equals(INTERPRETER) && frame.getMethodName().equals(INTERPRETED_FUNCTION);
    }

    private static OptionalInt compiledFunction(StackTraceElement frame) {
        boolean isFunction = frame.getClassName().startsWith(COMPILED_CLASSES)
                && frame.getMethodName().startsWith(COMPILED_FUNCTION);
        return isFunction
                ? OptionalInt.of(Integer.parseInt(frame.getMethodName().substring(COMPILED_FUNCTION.length())))
                : OptionalInt.empty();
    }

    /** Imports, the module's own and the meter's, are not functions of the guest. */
    private void add(int meteredFunction, List<String> functions) {
        int function = module.sourceFunction(meteredFunction);
        if (function >= module.shape().imports().size()) {
            add(module.shape().names().of(function), functions);
        }
    }

    private static void add(String name, List<String> functions) {
        if (functions.size() < GuestStack.MOST) {
            functions.add(name);
        }
    }
}
