package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.MutabilityType;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.sandbox.GuestCall;
import org.storysign.plugins.sandbox.GuestCounters;
import org.storysign.plugins.sandbox.GuestMemory;
import org.storysign.plugins.sandbox.Linkage;
import org.storysign.plugins.sandbox.MemoryBudget;
import org.storysign.plugins.wasm.fuel.MeteredModule;

/**
 * Makes the parts of one instance that are ours: its memory, tables, globals and its two counters. The engine asks for the memory first
 * and then for the globals in their order; when it has the last one the call is attached, and only then code can run.
 */
final class InstanceParts implements GuestCounters {

    /** Most bytes of memory of an instance that is made as new: clearing and keeping more does not pay. */
    static final int MOST_REWOUND = 4 << 20;

    /** A mutable global of the guest, and what it begins with. */
    private record Variable(GlobalInstance global, long low, long high) {
        void rewind() {
            global.setValueLow(low);
            global.setValueHigh(high);
        }
    }

    private final MemoryBudget budget;
    private final int fuelIndex;
    private final FuelGlobal fuel;
    private final GuestTrace trace;
    private final DepthGlobal depth = new DepthGlobal();
    private final List<WatchedTable> tables = new ArrayList<>(1);
    private final List<Variable> variables = new ArrayList<>();
    private @Nullable FlatMemory memory;
    private int globals;
    private boolean holdsReferences;

    InstanceParts(MeteredModule module, Linkage linkage, long slice) {
        this.budget = linkage.budget();
        this.fuelIndex = module.fuelGlobal();
        this.fuel = new FuelGlobal(linkage.call(), slice);
        this.trace = new GuestTrace(module);
        if (module.depthGlobal() != fuelIndex + 1) {
            throw new IllegalStateException("the counters are the last two globals");
        }
    }

    Memory makeMemory(MemoryLimits limits) {
        FlatMemory made = new FlatMemory(limits, budget);
        made.holdGlobals(fuelIndex);
        fuel.keepIn(made);
        depth.keepIn(made);
        memory = made;
        return made;
    }

    GlobalInstance makeGlobal(long low, long high, ValType type, MutabilityType mutability) {
        int index = globals++;
        if (index < fuelIndex) {
            GlobalInstance global = global(index, low, high, type, mutability);
            if (mutability == MutabilityType.Var) {
                variables.add(new Variable(global, low, high));
                holdsReferences |= type.isReference();
            }
            return global;
        }
        if (index == fuelIndex) {
            return fuel;
        }
        fuel.call().attach(this, guestMemory());
        return depth;
    }

    /** Numbers are where generated code looks for them; references are the engine's business. */
    private GlobalInstance global(int index, long low, long high, ValType type, MutabilityType mutability) {
        if (memory == null || type.isReference()) {
            return new GlobalInstance(low, high, type, mutability);
        }
        MemoryGlobal global = new MemoryGlobal(memory, index, type, mutability);
        global.setValueLow(low);
        return global;
    }

    TableInstance makeTable(Table table, int value) {
        WatchedTable made = new WatchedTable(table, value);
        tables.add(made);
        return made;
    }

    /** The instance is made and has run nothing. */
    void watch() {
        tables.forEach(WatchedTable::watch);
    }

    @Nullable
    FlatMemory memory() {
        return memory;
    }

    /** Makes the instance as new, for a call that {@link #begin}s it; false when it is better thrown away. */
    boolean rewind(Instance instance, Snapshot snapshot) {
        int capacity = memory == null ? 0 : memory.capacity();
        if (holdsReferences || capacity > MOST_REWOUND) {
            return false;
        }
        snapshot.restore(instance, memory);
        variables.forEach(Variable::rewind);
        tables.forEach(WatchedTable::rewind);
        budget.startOver(capacity);
        return true;
    }

    /** As {@link #serve}, for an instance that is as new: its memory is taken from the budget first, as that of a new one. */
    void begin(GuestCall next) {
        if (memory != null) {
            memory.countAgain();
        }
        serve(next);
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
