package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.ValType;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.sandbox.GuestCall;
import org.storysign.plugins.sandbox.GuestCounters;
import org.storysign.plugins.sandbox.GuestMemory;
import org.storysign.plugins.sandbox.Linkage;
import org.storysign.plugins.wasm.fuel.MeteredModule;

/**
 * Makes the parts of one instance that are ours: its memory and its two counters. The engine asks for the memory first and then
 * for the globals in their order; when it has the last one the call is attached, and only then code can run.
 */
final class InstanceParts implements GuestCounters {

    private final Linkage linkage;
    private final int fuelIndex;
    private final FuelGlobal fuel;
    private final GuestTrace trace;
    private final GlobalInstance depth = new GlobalInstance(0, 0, ValType.I64, MutabilityType.Var);
    private @Nullable FlatMemory memory;
    private int globals;

    InstanceParts(MeteredModule module, Linkage linkage, long slice) {
        this.linkage = linkage;
        this.fuelIndex = module.fuelGlobal();
        this.fuel = new FuelGlobal(linkage.call(), slice);
        this.trace = new GuestTrace(module);
        if (module.depthGlobal() != fuelIndex + 1) {
            throw new IllegalStateException("the counters are the last two globals");
        }
    }

    Memory makeMemory(MemoryLimits limits) {
        FlatMemory made = new FlatMemory(limits, linkage.budget());
        memory = made;
        return made;
    }

    GlobalInstance makeGlobal(long low, long high, ValType type, MutabilityType mutability) {
        int index = globals++;
        if (index < fuelIndex) {
            return new GlobalInstance(low, high, type, mutability);
        }
        if (index == fuelIndex) {
            return fuel;
        }
        linkage.call().attach(this, guestMemory());
        return depth;
    }

    /** The call that the instance serves now. */
    GuestCall call() {
        return fuel.call();
    }

    /** Lets the instance serve another call; both counters are as if it were new. */
    void serve(GuestCall next) {
        fuel.serve(next);
        fuel.setValueLow(0);
        depth.setValueLow(0);
        next.attach(this, guestMemory());
    }

    /** Where its guest is stopped, if it is. */
    GuestTrace trace() {
        return trace;
    }

    GuestMemory guestMemory() {
        return memory == null ? CheckedMemory.NONE : new CheckedMemory(memory);
    }

    @Override
    public long fuel() {
        return fuel.getValueLow();
    }

    @Override
    public void setFuel(long units) {
        fuel.setValueLow(units);
    }

    @Override
    public long depth() {
        return depth.getValueLow();
    }

    @Override
    public void setDepth(long units) {
        depth.setValueLow(units);
    }
}
