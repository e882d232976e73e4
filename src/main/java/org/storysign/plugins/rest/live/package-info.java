/** The live connections of the product's pages: what plugins say reaches users while they look. */
@NullMarked
package org.storysign.plugins.rest.live;

import org.jspecify.annotations.NullMarked;
