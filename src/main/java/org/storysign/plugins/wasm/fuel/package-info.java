/**
 * Rewrites a module so that it pays for every step. {@link org.storysign.plugins.wasm.fuel.FuelInstrumenter} takes what the scan
 * accepted and makes a {@link org.storysign.plugins.wasm.fuel.MeteredModule}, whose Javadoc is the contract with the engine's host.
 * Pure: bytes in, bytes out, the same each time.
 *
 * <p>The words: <em>fuel</em> is what instructions cost by the {@link org.storysign.plugins.wasm.fuel.CostTable}; a
 * <em>charge</em> takes it from a counter, a <em>check</em> asks the host for the next <em>slice</em>; <em>depth</em> is what the
 * functions on the stack weigh by {@link org.storysign.plugins.wasm.fuel.FrameWeight}.
 *
 * <p>How it goes: {@code SourceModule} takes the module apart, {@code BodySurvey} and {@code DepthPlan} find out who counts the
 * depth, {@code CodePlanner} where each function is charged, {@code BodyRewriter} and {@code ModuleRewriter} write everything anew
 * with the sequences of {@code MeterCode}.
 *
 * <p>Why not the engine's own interrupt? It is not looked at on {@code br_if} and {@code br_table}, so a plain loop survives it;
 * and time is not the same twice. Fuel in the code is exact, the same on interpreter and compiler: decision 002.
 */
@NullMarked
package org.storysign.plugins.wasm.fuel;

import org.jspecify.annotations.NullMarked;
