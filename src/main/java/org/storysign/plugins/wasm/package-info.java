/**
 * A module as bytes and facts. It is read here, never run. The steps are types: bytes become a
 * {@link org.storysign.plugins.wasm.PreflightedModule} by the bounded {@code Preflight}, that a
 * {@link org.storysign.plugins.wasm.WasmModule} by the {@code ModuleReader}, and so on in the rooms
 * {@code wasm.scan} and {@code wasm.fuel}. Only the step itself can make its type, so no step can be left out.
 *
 * <p>Why a pre-flight reader of our own? 43 bytes make the engine's parser allocate until the JVM dies; so counts are checked
 * against the bytes that remain before any other code reads the module.
 */
@NullMarked
package org.storysign.plugins.wasm;

import org.jspecify.annotations.NullMarked;
