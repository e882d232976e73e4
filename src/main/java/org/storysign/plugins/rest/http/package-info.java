/**
 * How HTTP is spoken here: bodies are counted while they arrive ({@link org.storysign.plugins.rest.http.BodyFilter}) and read
 * strictly ({@link org.storysign.plugins.rest.http.ReceivedBody}), parameters that nobody declared are refused, revisions are ETags
 * ({@link org.storysign.plugins.rest.http.Revisions}), and faults are problems of RFC 9457
 * ({@link org.storysign.plugins.rest.http.ProblemMapper}).
 *
 * <p>Why count bodies ourselves? The framework's own limit is one for all addresses, ends the answer without a body when it is
 * passed, and writes the parts of forms to files.
 */
@NullMarked
package org.storysign.plugins.rest.http;

import org.jspecify.annotations.NullMarked;
