/**
 * Tests of this room. {@link org.storysign.plugins.platform.connect.ContractServer} is a service of the product's, made from the document in
 * {@code deploy/connectors}: it answers only what the document knows, and keeps what in a request or an answer is not as the document says.
 */
@NullMarked
package org.storysign.plugins.platform.connect;

import org.jspecify.annotations.NullMarked;
