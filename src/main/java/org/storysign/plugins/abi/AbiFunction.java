package org.storysign.plugins.abi;

import java.util.List;
import org.storysign.plugins.sandbox.HostCall;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.wasm.FunctionType;
import org.storysign.plugins.wasm.ValueType;

/**
 * A function of the calling convention itself.
 *
 * @param price fuel it costs whatever it does; its body charges what depends on lengths
 * @param counted as in {@link HostFunction#counted}
 */
record AbiFunction(String module, String name, FunctionType type, long price, boolean counted, Body body)
        implements HostFunction {

    private static final long[] NOTHING = {};

    /** What it does. The result of one that gives nothing is ignored. */
    @FunctionalInterface
    interface Body {
        long run(HostCall call, KernelFrame frame, long[] arguments);
    }

    /** A type from its letters: {@code i} for i32, {@code l} for i64. */
    static FunctionType type(String params, String results) {
        return FunctionType.of(values(params), values(results));
    }

    private static List<ValueType> values(String letters) {
        return letters.chars()
                .mapToObj(letter -> letter == 'l' ? ValueType.I64 : ValueType.I32)
                .toList();
    }

    @Override
    public long[] call(HostCall call, long[] arguments) {
        call.charge(price);
        long result = body.run(call, (KernelFrame) call.frame(), arguments);
        return type.results().isEmpty() ? NOTHING : new long[] {result};
    }
}
