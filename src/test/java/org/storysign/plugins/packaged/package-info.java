/** The packaged service as an operator runs it: processes of their own, started, asked over HTTP and killed. */
@NullMarked
package org.storysign.plugins.packaged;

import org.jspecify.annotations.NullMarked;
