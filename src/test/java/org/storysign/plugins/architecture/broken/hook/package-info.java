/** Speaks HTTP, which is not its business. */
@NullMarked
package org.storysign.plugins.architecture.broken.hook;

import org.jspecify.annotations.NullMarked;
