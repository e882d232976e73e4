/** Hooks that are handled later, over HTTP: what waits, what failed, and how dead letters are brought back. */
@NullMarked
package org.storysign.plugins.rest.queue;

import org.jspecify.annotations.NullMarked;
