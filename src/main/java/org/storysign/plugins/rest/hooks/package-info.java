/** Hooks over HTTP: trigger one, see who is behind it and in which order, decide on that order. */
@NullMarked
package org.storysign.plugins.rest.hooks;

import org.jspecify.annotations.NullMarked;
