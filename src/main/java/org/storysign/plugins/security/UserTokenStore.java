package org.storysign.plugins.security;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Port: keeps user tokens by the hash of their secret. */
public interface UserTokenStore {

    /** Keeps one for so long; answers when it ends. */
    Uni<Instant> keep(UserToken token, UserToken.Kind kind, String secretHash, Duration life);

    /** The token with this hash, in any tenant, while it and the key that made it are valid. A ticket is none. */
    Uni<Optional<UserToken>> find(String secretHash);

    /** What the ticket with this hash stands for; nobody gets it a second time. */
    Uni<Optional<UserToken>> take(String secretHash);
}
