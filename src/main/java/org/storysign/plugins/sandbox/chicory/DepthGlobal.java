package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.ValType;
import org.jspecify.annotations.Nullable;

/** The global that holds what is left of an instance's call depth. */
final class DepthGlobal extends CellGlobal {

    private @Nullable FlatMemory memory;
    private long own;

    DepthGlobal() {
        super(ValType.I64, MutabilityType.Var);
    }

    /** The module has a memory, which keeps the counter. */
    void keepIn(FlatMemory flat) {
        memory = flat;
    }

    @Override
    long cell() {
        return memory == null ? own : memory.depth();
    }

    @Override
    void cell(long value) {
        if (memory == null) {
            own = value;
        } else {
            memory.depth(value);
        }
    }
}
