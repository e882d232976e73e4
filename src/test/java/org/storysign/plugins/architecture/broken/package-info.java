/**
 * A house that breaks every rule once, so that a rule which catches nothing is noticed. Nothing here is ever run.
 */
@NullMarked
package org.storysign.plugins.architecture.broken;

import org.jspecify.annotations.NullMarked;
