/**
 * Modules made from seeds the way compilers make them, run as they are and metered, on the interpreter, on the compiler and on a
 * second engine. {@link org.storysign.plugins.differential.CompilerLikeModule} makes them,
 * {@link org.storysign.plugins.differential.Opinions} collects what every way of running them says.
 *
 * <p>Why not only random instructions? The room {@code wasm.fuel} has those. What compilers emit looks different: a stack pointer
 * in a global, pointer arithmetic, counted loops, switches, calls through tables; that is what plugins consist of and what the
 * JVM's own compilers optimise.
 */
@NullMarked
package org.storysign.plugins.differential;

import org.jspecify.annotations.NullMarked;
