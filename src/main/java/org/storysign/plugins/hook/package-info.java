/**
 * Where the product lets plugins in: before, after, replace and filter hooks. A {@link org.storysign.plugins.hook.HookChain} is ordered by
 * the operator's {@link org.storysign.plugins.hook.HookPolicy}, then priority, then plugin id, the same on every replica.
 * {@link org.storysign.plugins.hook.HookDispatcher} runs it on one guest thread within one total deadline and answers with a
 * {@link org.storysign.plugins.hook.HookOutcome} that says what each handler did.
 *
 * <p>Why one thread for a chain? Each handler gets what the one before it made, so there is nothing to do at once; and a chain that waits
 * in line waits once.
 */
@NullMarked
package org.storysign.plugins.hook;

import org.jspecify.annotations.NullMarked;
