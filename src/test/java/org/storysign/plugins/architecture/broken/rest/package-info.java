/** Opens a database connection. */
@NullMarked
package org.storysign.plugins.architecture.broken.rest;

import org.jspecify.annotations.NullMarked;
