/**
 * The engine adapter: the only room that runs Chicory. {@link org.storysign.plugins.sandbox.chicory.ChicoryEngine} compiles a
 * metered module once and makes fresh instances of it. The engine's weak spots stay out of reach: guests' memory is our own flat
 * array, pointers from host functions are checked before they get there, and no text of the engine's exceptions leaves this room.
 *
 * <p>Why an interpreter and a compiler? The interpreter is 30 to 300 times slower, but ready at once; it stands in until the
 * compiler is done, with the same fuel and the same results.
 */
@NullMarked
package org.storysign.plugins.sandbox.chicory;

import org.jspecify.annotations.NullMarked;
