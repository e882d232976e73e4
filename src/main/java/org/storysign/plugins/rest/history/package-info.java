/**
 * What a plugin did: its calls, how much it used and what it logged. A log is read a page at a time or followed as server-sent events,
 * which {@link org.storysign.plugins.rest.history.LogFollowing} reads from the database twice a second, only as fast as the reader reads.
 */
@NullMarked
package org.storysign.plugins.rest.history;

import org.jspecify.annotations.NullMarked;
