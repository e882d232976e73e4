package org.storysign.plugins.wasm.fuel;

import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.wasm.ModuleShape;
import org.storysign.plugins.wasm.WasmBinary;

/**
 * A module that pays for every step. Only {@link FuelInstrumenter} makes these, and the engine takes nothing else.
 *
 * <p>What the host must offer it, and nothing else may import (module {@link #METER_MODULE}):
 * <ul>
 *   <li>{@link #REFILL} {@code (i64) -> (i64)}: takes what is left of the slice (0 or less, or 0 before the first), gives the next
 *       slice; throws to stop the guest;
 *   <li>{@link #DESCEND} {@code (i64) -> (i64)}: takes what is left of the call depth when it is below 0 (the first call of a
 *       counted function finds 0 minus its weight), gives what is left after the host has armed the counter; throws when it was
 *       armed already.
 * </ul>
 * The counters are the last two globals: {@link #fuelGlobal} and {@link #depthGlobal}, both mutable i64 with initial value 0. A
 * valid input cannot name them, because their indices did not exist in it.
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
}
