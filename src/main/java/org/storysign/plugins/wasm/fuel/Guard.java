package org.storysign.plugins.wasm.fuel;

/** What stops a guest. All of it is always on, except in tests that show what each is good for. */
enum Guard {
    /** The counter of fuel is looked at. */
    FUEL_CHECK,
    /** Instructions that work by length are charged for it. */
    LENGTH_CHARGE,
    /** The counter of depth is looked at. */
    DEPTH_CHECK
}
