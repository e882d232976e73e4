/**
 * Who calls. A request carries an API key, a user's token or an identity provider's;
 * {@link org.storysign.plugins.security.KeyAuthenticator} or {@link org.storysign.plugins.security.TokenAuthenticator} turns it into a
 * {@link org.storysign.plugins.security.Caller}, {@link org.storysign.plugins.security.RequestRates} counts its request, and {@link org.storysign.plugins.security.AccessFilter} lets the caller reach a
 * resource method whose {@link org.storysign.plugins.security.Allowed} names one of its roles. A method without
 * {@link org.storysign.plugins.security.Allowed} or {@link org.storysign.plugins.security.Open} is reached by nobody.
 *
 * <p>Why annotations on methods and not rules about paths? Rules about paths must agree with the router on what a path means
 * ({@code %2F}, {@code ;x}, {@code //}); where they do not, a request slips through. The method that the router chose is what it is.
 *
 * <p>A secret is shown once, when it is made. What is kept is its SHA-256: secrets are 256 random bits, so that a slow hash would
 * add nothing. The platform's own key comes from the configuration, has the role admin and is kept nowhere.
 */
@NullMarked
package org.storysign.plugins.security;

import org.jspecify.annotations.NullMarked;
