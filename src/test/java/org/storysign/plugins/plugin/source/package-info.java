/** Proofs of bringing packages, against servers on the loopback address that do what they should not. */
@NullMarked
package org.storysign.plugins.plugin.source;

import org.jspecify.annotations.NullMarked;
