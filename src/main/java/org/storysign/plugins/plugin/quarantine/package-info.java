/**
 * Takes plugins that fail too often out of service, and tries them again.
 *
 * <p>{@link org.storysign.plugins.plugin.quarantine.Quarantine} is told of every call that ended. What counts is not how many calls failed but
 * how many <em>distinct inputs</em> did, and of how many users: whoever sends one bad input ten thousand times, or many bad ones as one user,
 * takes no plugin away from the others. What is not the plugin's doing never counts: capacity, cancelled calls, services that did not answer,
 * and run time while an interpreter stands in for compiled code.
 *
 * <p>A quarantined plugin is tried again after a pause that doubles each time. Tried, it serves on probation: a few distinct failures suffice to
 * send it back. An operator can enable it at any time.
 */
@NullMarked
package org.storysign.plugins.plugin.quarantine;

import org.jspecify.annotations.NullMarked;
