/**
 * Hooks that are handled later. What {@link org.storysign.plugins.platform.EventIntake} accepted is an event: a committed row. Workers
 * of every process ({@link org.storysign.plugins.hook.queue.EventWorkers}) take events from the
 * {@link org.storysign.plugins.hook.queue.EventQueue} by a lease, run the hook's chain and say what became of it
 * ({@link org.storysign.plugins.hook.queue.Verdict}).
 *
 * <p>Every event is handled at least once: a process that dies, or is too slow for its lease, leaves the event to another. Handlers get the
 * same event id each time, so that they can tell. An event has failed, and is tried again after a growing pause, when a handler that
 * must not fail (closed) failed, when the chain's deadline passed, or when a handler was kept from running (capacity, cancelled). A
 * handler that failed open was passed over, as in a call whose answer is awaited. After so many attempts the event is a dead letter. Events
 * with the same ordering key of the same sender are handled one at a time in the order of their acceptance; one that fails holds up
 * its key, and no other, until it is done or dead.
 *
 * <p>Why a lease and not a transaction? A guest may take seconds; a connection and its locks would be held as long.
 */
@NullMarked
package org.storysign.plugins.hook.queue;

import org.jspecify.annotations.NullMarked;
