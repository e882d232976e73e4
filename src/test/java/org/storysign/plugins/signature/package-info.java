/** What bounds live connections, without a network. */
@NullMarked
package org.storysign.plugins.signature;

import org.jspecify.annotations.NullMarked;
