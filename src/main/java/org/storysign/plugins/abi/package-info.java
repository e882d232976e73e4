/** How bytes cross between guest and host: the Extism kernel, natively in Java. */
@NullMarked
package org.storysign.plugins.abi;

import org.jspecify.annotations.NullMarked;
