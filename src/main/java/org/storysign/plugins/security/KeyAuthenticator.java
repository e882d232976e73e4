package org.storysign.plugins.security;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.BadSettingException;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Tells who a key or user token belongs to. Safe for concurrent use; never blocks. */
@ApplicationScoped
public class KeyAuthenticator {

    /** What the audit trail calls the platform's own key; no other key's name can look like it. */
    /** What the audit trail calls the platform's own key. */
    static final String PLATFORM = "platform:admin-key";

    private static final String UNKNOWN = "The key is not known, was revoked or has expired.";

    private final KeyCache keys;
    private final KeyUse use;
    private final UserTokenStore tokens;
    private final Clock clock;
    private final Optional<String> adminHash;

    @Inject
    public KeyAuthenticator(KeyCache keys, KeyUse use, UserTokenStore tokens, SecuritySettings settings, Clock clock) {
        this.keys = keys;
        this.use = use;
        this.tokens = tokens;
        this.clock = clock;
        this.adminHash = settings.adminKey().map(KeyAuthenticator::checkedHash);
    }

    private static String checkedHash(String adminKey) {
        if (adminKey.length() < KeySecret.SHORTEST) {
            throw new BadSettingException(
                    "storysign.admin-key",
                    adminKey.length() + " characters long",
                    KeySecret.SHORTEST + " or more, hard to guess");
        }
        return new KeySecret(adminKey).hash();
    }

    /**
     * Fails with {@code ProblemException}: {@code unauthenticated} when the key is not valid, {@code forbidden} when it belongs to
     * another tenant than the one the request names.
     */
    public Uni<Caller> authenticate(Credentials credentials) {
        String hash = credentials.secret().hash();
        if (adminHash.filter(admin -> KeySecret.sameHash(admin, hash)).isPresent()) {
            TenantId tenant = credentials.tenant().orElse(TenantId.DEFAULT);
            return Uni.createFrom()
                    .item(new Caller(
                            new Actor(PLATFORM, tenant, Set.of(Role.ADMIN)),
                            Set.of(),
                            ApiKey.Users.ANY,
                            Optional.empty(),
                            Optional.empty()));
        }
        if (credentials.secret().isOfUser()) {
            return tokens.find(hash).map(found -> caller(found, credentials.tenant()));
        }
        return keys.find(hash).map(found -> caller(found, hash, credentials.tenant()));
    }

    private Caller caller(Optional<ApiKey> found, String hash, Optional<TenantId> named) {
        ApiKey key = found.filter(candidate -> KeySecret.sameHash(candidate.secretHash(), hash))
                .filter(candidate -> candidate.isValidAt(clock.instant()))
                .orElseThrow(() -> new ProblemException(ProblemCode.UNAUTHENTICATED, UNKNOWN));
        requireTenant(key.tenant(), named);
        use.note(key);
        return new Caller(
                new Actor(name(key), key.tenant(), key.roles()),
                key.plugins(),
                key.users(),
                Optional.of(key.id()),
                Optional.empty());
    }

    private static Caller caller(Optional<UserToken> found, Optional<TenantId> named) {
        UserToken token = found.orElseThrow(() -> new ProblemException(ProblemCode.UNAUTHENTICATED, UNKNOWN));
        requireTenant(token.tenant(), named);
        return new Caller(
                new Actor("user:" + token.user(), token.tenant(), Set.of(Role.USER)),
                token.plugins(),
                ApiKey.Users.AS_TOKEN,
                Optional.empty(),
                found);
    }

    private static void requireTenant(TenantId own, Optional<TenantId> named) {
        if (named.isPresent() && !named.get().equals(own)) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN, "The key belongs to another tenant than the one the request names.");
        }
    }

    /** Two keys may have the same name, so a part of the id follows it. */
    private static String name(ApiKey key) {
        return "key:" + key.name() + ":" + key.id().toString().substring(0, 8);
    }
}
