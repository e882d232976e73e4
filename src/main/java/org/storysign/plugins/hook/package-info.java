/**
 * Where the product lets plugins in: before, after, replace and filter hooks. The chain of handlers is ordered by priority, then
 * plugin id, the same on every replica; a hook's policy may reorder it and close it.
 */
@NullMarked
package org.storysign.plugins.hook;

import org.jspecify.annotations.NullMarked;
