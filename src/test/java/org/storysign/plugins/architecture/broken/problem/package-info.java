/** Sees the top of the house and is seen by it: a cycle. */
@NullMarked
package org.storysign.plugins.architecture.broken.problem;

import org.jspecify.annotations.NullMarked;
