/**
 * Callers that an identity provider vouches for (OpenID Connect). A {@link org.storysign.plugins.security.oidc.TrustedIssuer} is what the
 * operator says of it; {@link org.storysign.plugins.security.oidc.IssuerKeys} knows the keys it publishes,
 * {@link org.storysign.plugins.security.oidc.TokenVerifier} holds a token against them, and
 * {@link org.storysign.plugins.security.oidc.ClaimRules} reads who the token's bearer is here.
 *
 * <p>Nothing in a token is believed before its signature is, and nothing in it says how to check that: algorithms are a fixed list
 * of asymmetric ones, keys come from the issuer's own address only. While the issuer does not answer, its tokens are told so (503) when
 * their key is not known; API keys have nothing to do with it.
 *
 * <p>Why not the framework's own mechanism? Access is decided by annotations after the router chose a method; a second mechanism
 * beside that would be a second way in (decision 014).
 */
@NullMarked
package org.storysign.plugins.security.oidc;

import org.jspecify.annotations.NullMarked;
