package org.storysign.plugins.conformance;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.List;
import org.storysign.plugins.wasm.fuel.MeteredModule;

/** The host's side of the meter for one instance, which gets any amount of fuel and a bounded depth. */
final class MeterHost {

    private static final long SLICE = 10_000;
    private static final long DEPTH = 2_000;
    private static final FunctionType NOTHING = FunctionType.of(List.of(), List.of());

    private final int fuelGlobal;
    private final int depthGlobal;
    private boolean armed;

    MeterHost(MeteredModule module) {
        this.fuelGlobal = module.fuelGlobal();
        this.depthGlobal = module.depthGlobal();
    }

    List<ImportFunction> functions() {
        return List.of(
                new HostFunction(MeteredModule.METER_MODULE, MeteredModule.REFILL, NOTHING, (caller, none) -> {
                    caller.global(fuelGlobal).setValue(SLICE);
                    return new long[0];
                }),
                new HostFunction(MeteredModule.METER_MODULE, MeteredModule.DESCEND, NOTHING, (caller, none) -> {
                    descend(caller);
                    return new long[0];
                }));
    }

    /** Forgets what a guest that was stopped still holds of the depth: the suite goes on with the instance after a trap. */
    void startAnew(Instance instance) {
        if (armed) {
            instance.global(depthGlobal).setValue(0);
            armed = false;
        }
    }

    private void descend(Instance caller) {
        long left = caller.global(depthGlobal).getValue() + DEPTH;
        if (armed || left < 0) {
            throw new ChicoryException("call stack exhausted");
        }
        armed = true;
        caller.global(depthGlobal).setValue(left);
    }
}
