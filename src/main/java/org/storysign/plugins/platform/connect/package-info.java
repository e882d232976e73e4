/**
 * The product's own services over HTTP. Each of users, content, analytics and notifications is kept in PostgreSQL unless the operator says
 * where the product keeps it; then {@link org.storysign.plugins.platform.connect.Connectors} puts an {@code Http…} adapter in its place,
 * which asks by the contract in {@code deploy/connectors}. The tests' servers are made from the same documents.
 *
 * <pre>
 * {@link org.storysign.plugins.platform.connect.HttpUserDirectory} …    a port, as one operation each of the contract
 *   {@link org.storysign.plugins.platform.connect.Question}           what is asked, for whom
 *   {@link org.storysign.plugins.platform.connect.ProductService}     asked within the call's time, again where that is safe, not at all while its circuit is open
 *     {@link org.storysign.plugins.platform.connect.Exchange}         one request and its answer, within a time and a size
 *   {@link org.storysign.plugins.platform.connect.Reply}              read as strictly as what guests say
 * </pre>
 *
 * <p>For whom a request is comes from the call's context and stands in headers; no id is ever part of a path. What fails is a coded problem,
 * which tells the guest where an answer was not as the contract says and nothing of what it held. The key goes to the operator's
 * address alone; redirects are not followed. Models ({@code platform.ai}) are reached by the same {@code Exchange}, never repeatedly. Why so:
 * {@code decisions/011-connectors.md}.
 */
@NullMarked
package org.storysign.plugins.platform.connect;

import org.jspecify.annotations.NullMarked;
