/**
 * Rewrites a module so that it pays for every step: {@link org.storysign.plugins.wasm.fuel.FuelInstrumenter} puts charges into
 * the code by the {@link org.storysign.plugins.wasm.fuel.CostTable}, and the result is a
 * {@link org.storysign.plugins.wasm.fuel.MeteredModule}. Pure: bytes in, bytes out.
 *
 * <p>Why not the engine's own interrupt? It is not looked at on {@code br_if} and {@code br_table}, so a plain loop survives it;
 * and time is not the same twice. Fuel in the code is exact, the same on interpreter and compiler.
 */
@NullMarked
package org.storysign.plugins.wasm.fuel;

import org.jspecify.annotations.NullMarked;
