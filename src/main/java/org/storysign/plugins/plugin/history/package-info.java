/**
 * What plugins did, kept for people: {@link org.storysign.plugins.plugin.history.Invocation}s with how they ended, the lines guests
 * logged, and how much was used hour by hour. No input and no output is kept, and no user's id.
 *
 * <p>Every call ends in the one {@link org.storysign.plugins.plugin.history.InvocationLog};
 * {@link org.storysign.plugins.plugin.history.CallHistory} gathers it in bounded memory and never makes a call wait, and
 * {@link org.storysign.plugins.plugin.history.HistoryWriter} hands it to the {@link org.storysign.plugins.plugin.history.HistoryStore}
 * twice a second. What there is no room for is counted, and the count is kept. See decision 019.
 */
@NullMarked
package org.storysign.plugins.plugin.history;

import org.jspecify.annotations.NullMarked;
