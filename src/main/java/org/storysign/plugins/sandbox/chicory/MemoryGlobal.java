package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.ValType;

/** A global of the guest, kept in its memory. */
final class MemoryGlobal extends CellGlobal {

    private final FlatMemory memory;
    private final int index;

    MemoryGlobal(FlatMemory memory, int index, ValType type, MutabilityType mutability) {
        super(type, mutability);
        this.memory = memory;
        this.index = index;
    }

    @Override
    long cell() {
        return memory.global(index);
    }

    @Override
    void cell(long value) {
        memory.global(index, value);
    }
}
