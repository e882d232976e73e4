package org.storysign.plugins.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;

class CallerTest {

    @Test
    void only_the_platforms_own_key_acts_for_all_tenants() {
        assertThat(caller(KeyAuthenticator.PLATFORM, Optional.empty()).isPlatform())
                .isTrue();

        assertThat(caller("key:boss", Optional.of(new UUID(1, 2))).isPlatform()).isFalse();
        assertThat(caller("oidc:boss", Optional.empty()).isPlatform()).isFalse();
        assertThat(caller(KeyAuthenticator.PLATFORM, Optional.of(new UUID(1, 2)))
                        .isPlatform())
                .isFalse();
    }

    private static Caller caller(String name, Optional<UUID> key) {
        Actor actor = new Actor(name, TenantId.DEFAULT, Set.of(Role.ADMIN));
        return new Caller(actor, Set.of(), ApiKey.Users.ANY, key, Optional.empty());
    }
}
