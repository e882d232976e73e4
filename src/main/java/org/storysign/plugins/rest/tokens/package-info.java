/** Short-lived tokens and one-use tickets, by which users of the product reach what is theirs. */
@NullMarked
package org.storysign.plugins.rest.tokens;

import org.jspecify.annotations.NullMarked;
