/** Plugins' endpoints over HTTP: who may call one is decided before its body is taken in, and what it answered is checked. */
@NullMarked
package org.storysign.plugins.rest.endpoints;

import org.jspecify.annotations.NullMarked;
