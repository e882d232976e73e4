/**
 * What plugins answer under addresses of their own. Words: <em>route</em> (method and path a manifest declares), <em>request</em>
 * (what of an HTTP request a handler gets), <em>answer</em> (what it said, checked), <em>component</em> (a piece of user interface).
 *
 * <p>Guarantees: only what is on a list passes in either direction, never a cookie or a credential; an answer is either exactly what
 * the contract describes or the problem {@code endpoint-output-invalid}. Knows nothing of JAX-RS.
 *
 * <p>Why lists, and not everything but cookies? A header is a power over the reader's browser; which ones are harmless can be said,
 * which ones will do harm cannot.
 */
@NullMarked
package org.storysign.plugins.endpoint;

import org.jspecify.annotations.NullMarked;
