package org.storysign.plugins.wasm.fuel;

import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.wasm.ModuleShape;
import org.storysign.plugins.wasm.WasmBinary;

/**
 * A module that pays for every step. Only {@link FuelInstrumenter} makes these, and the engine takes nothing else.
 *
 * <p>It has two counters, its last two globals, {@link #fuelGlobal} and {@link #depthGlobal}: mutable i64, initial value 0, not
 * exported. A valid input cannot name them, because their indices did not exist in it. And it has two imports from
 * {@link #METER_MODULE}, which nothing else may import from, both {@code () -> ()}; the host function works on the globals of the
 * instance that calls it. After either returns the guest goes on without looking at the counter again.
 * <ul>
 *   <li>{@link #REFILL} is called when the fuel counter is found below 0, so also at the first check, inside the start section if
 *       there is one. Used so far = all slices given so far minus the counter. The host throws when that is more than the limit,
 *       else it sets the counter to the next slice: at most what is left of the limit, 0 or more. Then the fuel at which a guest
 *       is stopped does not depend on the size of the slices. The host computes used once more when the guest has ended, because
 *       what was charged after the last check has not been looked at.
 *   <li>{@link #DESCEND} is called when the depth counter is found below 0. The first time it holds 0 minus the weight of the
 *       first counted function: the host adds the limit to it. When it is still below 0, or was armed already, the host throws.
 *       An instance whose guest was stopped inside a counted function has not got its depth back: throw the instance away.
 * </ul>
 * How large a thread's stack must be for a limit of the depth: {@link FrameWeight#stackSize}.
 */
public final class MeteredModule {

    /** The module name of the two imports. The scan refuses modules that import from it. */
    public static final String METER_MODULE = "storysign:meter";

    public static final String REFILL = "refill";
    public static final String DESCEND = "descend";

    private final WasmBinary binary;
    private final Digest source;
    private final ModuleShape shape;
    private final int fuelGlobal;
    private final int depthGlobal;

    MeteredModule(WasmBinary binary, Digest source, ModuleShape shape, int fuelGlobal, int depthGlobal) {
        this.binary = binary;
        this.source = source;
        this.shape = shape;
        this.fuelGlobal = fuelGlobal;
        this.depthGlobal = depthGlobal;
    }

    /** The rewritten bytes; their digest keys compiled code. */
    public WasmBinary binary() {
        return binary;
    }

    /** The digest of the module as its author built it. */
    public Digest source() {
        return source;
    }

    /** The shape of the module as its author built it: without the meter's imports, function indices not shifted. */
    public ModuleShape shape() {
        return shape;
    }

    /** Index of the global that holds what is left of the current slice of fuel. */
    public int fuelGlobal() {
        return fuelGlobal;
    }

    /** Index of the global that holds what is left of the call depth. */
    public int depthGlobal() {
        return depthGlobal;
    }

    /**
     * The index a function of the running module had in its author's build, to find its name in {@link #shape}. The meter's own
     * imports give an index of -1.
     */
    public int sourceFunction(int meteredFunction) {
        int imports = shape.imports().size();
        if (meteredFunction < imports) {
            return meteredFunction;
        }
        return meteredFunction < imports + FunctionShift.ADDED ? -1 : meteredFunction - FunctionShift.ADDED;
    }
}
