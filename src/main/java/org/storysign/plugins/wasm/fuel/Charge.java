package org.storysign.plugins.wasm.fuel;

/**
 * Units taken from the fuel counter whenever the code passes a place.
 *
 * @param position offset of the instruction before which it stands
 * @param units what is taken; may be 0
 * @param checked whether the counter is looked at afterwards
 */
record Charge(int position, long units, boolean checked) {}
