/** The engine adapter: the only room that runs Chicory. */
@NullMarked
package org.storysign.plugins.sandbox.chicory;

import org.jspecify.annotations.NullMarked;
