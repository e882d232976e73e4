/** Tests of this room, and what they share. */
@NullMarked
package org.storysign.plugins.platform.memory;

import org.jspecify.annotations.NullMarked;
