/**
 * Level isolated: calls of such plugins run in processes of their own. {@link org.storysign.plugins.worker.PlacedEngine} hands the
 * service a module that runs elsewhere; a {@link org.storysign.plugins.worker.WorkerPool} keeps a <em>worker</em> ready for each
 * plugin of each tenant, gives it one call at a time and kills it when the call's limits are over and it has not answered.
 *
 * <p>A worker is a Java process with a small heap, an empty environment, no arguments but its class path, and two ends of a
 * pipe; before it is given any byte of a plugin it {@linkplain org.storysign.plugins.worker.Confinement shuts itself in}. It holds
 * the same sandbox, engine and calling convention as the service, so a call costs the same fuel and gives the same result. What
 * guests ask of the platform goes back over the pipe as bytes and is answered here, through the gate, as for any other call: who
 * the guest is, what it may do and what is counted of it is known on this side only.
 *
 * <p>The pipe carries {@link org.storysign.plugins.worker.Frame frames}. What comes from a worker is taken to be written by an
 * enemy: lengths are checked before anything is made of them, texts are escaped, figures held to the call's limits.
 *
 * <p>Why processes? Nobody's heap, locks or threads can be harmed through another process, and the system can end it at any
 * time: decisions/030.
 */
@NullMarked
package org.storysign.plugins.worker;

import org.jspecify.annotations.NullMarked;
