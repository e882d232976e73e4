/**
 * How bytes cross between guest and host. {@link org.storysign.plugins.abi.ExtismKernel} is the calling convention: the Extism ABI
 * 1.x natively in Java, over one bounded {@link org.storysign.plugins.abi.KernelMemory} a call; {@code WasiSubset} offers what of
 * WASI preview 1 reaches nothing outside; {@code CommandStreams} lets a plain command read its input and write its output.
 * {@link org.storysign.plugins.abi.UserFunctions} turns a {@link org.storysign.plugins.abi.BlockFunction} of the platform into a
 * host function over kernel blocks.
 *
 * <p>Why not Extism's own Java SDK? It has no timeout and no limit on kernel memory; the guests' side of the ABI is kept, so that
 * plugins built with any of its kits run here unchanged. What each function costs: {@link org.storysign.plugins.abi.FuelPrice}.
 */
@NullMarked
package org.storysign.plugins.abi;

import org.jspecify.annotations.NullMarked;
