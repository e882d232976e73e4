package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;

/**
 * A global whose value is kept elsewhere: where the module has a memory, in {@link FlatMemory}, which generated code has at hand. The
 * interpreter and code as it was generated come to the same cell through this.
 */
abstract class CellGlobal extends GlobalInstance {

    CellGlobal(ValType type, MutabilityType mutability) {
        super(0, 0, type, mutability);
    }

    abstract long cell();

    abstract void cell(long value);

    @Override
    public final long getValueLow() {
        return cell();
    }

    @Override
    public final long getValue() {
        return cell();
    }

    @Override
    public final void setValue(Value value) {
        cell(value.raw());
    }

    @Override
    public final void setValue(long value) {
        cell(value);
    }

    @Override
    public final void setValueLow(long value) {
        cell(value);
    }
}
