package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.ValType;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.sandbox.GuestCall;

/**
 * The global that holds an instance's fuel. It also leads from an instance to the call it serves, so that host functions can be bound to a
 * module once and not to each of its instances.
 */
final class FuelGlobal extends CellGlobal {

    private @Nullable FlatMemory memory;
    private long own;
    private GuestCall call;
    private final long slice;

    FuelGlobal(GuestCall call, long slice) {
        super(ValType.I64, MutabilityType.Var);
        this.call = call;
        this.slice = slice;
    }

    static FuelGlobal of(Instance instance, int index) {
        return (FuelGlobal) instance.global(index);
    }

    /** The module has a memory, which keeps the counter. */
    void keepIn(FlatMemory flat) {
        memory = flat;
    }

    @Override
    long cell() {
        return memory == null ? own : memory.fuel();
    }

    @Override
    void cell(long value) {
        if (memory == null) {
            own = value;
        } else {
            memory.fuel(value);
        }
    }

    GuestCall call() {
        return call;
    }

    /** The instance serves another call. */
    void serve(GuestCall next) {
        call = next;
    }

    void refill() {
        call.meter().refill(slice);
    }
}
