/** What bounds live connections, without a network. */
@NullMarked
package org.storysign.plugins.rest.live;

import org.jspecify.annotations.NullMarked;
