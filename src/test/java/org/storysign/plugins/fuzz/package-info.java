/**
 * Readers of untrusted bytes, fed with what nobody would write. A {@link org.storysign.plugins.fuzz.FuzzTarget} takes any bytes and
 * fails only when a promise is broken; {@link org.storysign.plugins.fuzz.Mutator} makes such bytes from seeds, the same for the
 * same random seed. A few seconds in the normal build; Jazzer, which follows the code's branches, for as long as is asked
 * ({@code deploy/fuzz/run}).
 *
 * <p>Why two drivers? Mutants of fixed seeds can be run again by anyone; guided search finds what they do not. Inputs by which it
 * reached new code or broke a promise are kept under {@code src/test/resources/fuzz}: each build tries them, and the next search begins with them.
 */
@NullMarked
package org.storysign.plugins.fuzz;

import org.jspecify.annotations.NullMarked;
