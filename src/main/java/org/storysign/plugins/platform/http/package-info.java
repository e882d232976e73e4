/**
 * How a plugin's {@code http_request} reaches other servers: {@link org.storysign.plugins.platform.http.GuardedHttp} admits a
 * request by the plugin's grants, resolves the name once, refuses it when any of its addresses is not public, and connects to
 * that very address. {@link org.storysign.plugins.platform.http.SourceHttp} does the same for packages, from servers an operator lists.
 *
 * <p>Why a client of our own? The JDK's resolves names itself, after any check of ours, and so can be led to another address in
 * between; ours speaks plain HTTP/1.1, one request a connection, and knows no redirects, cookies or proxies of the environment: only
 * the {@link org.storysign.plugins.platform.http.EgressProxy} that the operator names.
 */
@NullMarked
package org.storysign.plugins.platform.http;

import org.jspecify.annotations.NullMarked;
