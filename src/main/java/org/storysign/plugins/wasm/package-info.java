/**
 * A module as bytes and facts. It is read here, never run. The steps are types, and only the step itself can make its type, so
 * no step can be left out:
 *
 * <pre>
 *   {@link org.storysign.plugins.wasm.WasmBinary}
 *     {@link org.storysign.plugins.wasm.Preflight#check}  → {@link org.storysign.plugins.wasm.PreflightedModule}   | module-too-large, module-malformed, module-rejected
 *     {@link org.storysign.plugins.wasm.ModuleReader#read} → {@link org.storysign.plugins.wasm.WasmModule}          | module-invalid
 *     wasm.scan: ModuleScanner.scan → ScannedModule                      | module-rejected
 * </pre>
 *
 * <p>The words: <em>malformed</em> is not the binary format (core spec 5), <em>invalid</em> does not pass validation (core spec 3),
 * <em>rejected</em> is WebAssembly that is not accepted here: a {@link org.storysign.plugins.wasm.RefusedFeature} or more than a
 * {@link org.storysign.plugins.wasm.PreflightCap}. {@link org.storysign.plugins.wasm.ModuleShape} is what others see of a module.
 *
 * <p>Guarantees: every input is answered by one of these codes; the pre-flight reader takes time and memory in proportion to the
 * bytes that are there (about 20 ms and 1.5 MiB a megabyte of real code); no class name and no text of a plugin leaves unquoted.
 *
 * <p>Why a pre-flight reader of our own? 43 bytes make the engine's parser allocate until the JVM dies; so counts are checked
 * against the bytes that remain before any other code reads the module. Why caps on sums, and not only on counts? Because the
 * work of parser and compiler grows with products: branches times the blocks they leave or the operands they drop, types times
 * the functions that look like them. Why is the shape not taken from the engine? So that it stays the same when the engine
 * changes. This room and {@code sandbox.chicory} are the only ones that know the engine's parser, and
 * {@link org.storysign.plugins.wasm.ModuleReader} is its only user here.
 */
@NullMarked
package org.storysign.plugins.wasm;

import org.jspecify.annotations.NullMarked;
