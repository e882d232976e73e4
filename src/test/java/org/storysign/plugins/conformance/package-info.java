/**
 * The official WebAssembly suite, run as it is and metered, on the interpreter and the compiler. A
 * {@link org.storysign.plugins.conformance.Script} is one file of the {@link org.storysign.plugins.conformance.Suite}, a
 * {@link org.storysign.plugins.conformance.Lane} a way to run it, a {@link org.storysign.plugins.conformance.Verdict} what became
 * of one command.
 *
 * <p>Why an adapter of its own and not the sandbox? The suite joins modules through shared memories, tables and globals and goes on
 * after traps, both of which the product refuses. What the product answers to the same modules is asked separately.
 *
 * <p>What does "metered all the same" mean? A module that the product refuses, for an imported table say, is a skip that names the
 * rule; a door that only tests have meters it nevertheless, and its commands must pass too.
 */
@NullMarked
package org.storysign.plugins.conformance;

import org.jspecify.annotations.NullMarked;
