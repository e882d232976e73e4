/** Runs the engine with a framework. */
@NullMarked
package org.storysign.plugins.architecture.broken.limits;

import org.jspecify.annotations.NullMarked;
