package org.storysign.plugins.security;

import io.smallrye.mutiny.Uni;

/** Port: tells who a token of an identity provider belongs to. */
public interface TokenAuthenticator {

    /** Whether the secret has the form of such a token and a provider is trusted; then nobody else need look at it. */
    boolean takes(KeySecret secret);

    /**
     * Fails with {@code ProblemException}: {@code unauthenticated} when the token is not valid here, {@code forbidden} when it gives no
     * role or names another tenant than its own, {@code identity-provider-unavailable} when nobody can tell now. Never blocks; what
     * follows goes on where the caller was.
     */
    Uni<Caller> authenticate(Credentials credentials);
}
