package org.storysign.plugins.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.security.KeyService.CreatedKey;
import org.storysign.plugins.security.KeyService.KeyRequest;

class KeyServiceTest {

    private static final Actor ADMIN = new Actor("platform:admin-key", TenantId.DEFAULT, Set.of(Role.ADMIN));

    private final TestClock clock = new TestClock();
    private final InMemoryApiKeys store = new InMemoryApiKeys();
    private final KeyService service = new KeyService(store, new KeyCache(store, clock), clock);

    @Test
    void a_secret_has_256_random_bits_behind_a_recognisable_prefix() {
        CreatedKey made = service.create(request(Role.CALLER), ADMIN).await().indefinitely();

        assertThat(made.secret().reveal()).matches("ssk_[A-Za-z0-9_-]{43}");
    }

    @Test
    void a_thousand_secrets_are_all_different() {
        Set<String> secrets = new java.util.HashSet<>();

        for (int count = 0; count < 1_000; count++) {
            secrets.add(service.create(request(Role.CALLER), ADMIN)
                    .await()
                    .indefinitely()
                    .secret()
                    .reveal());
        }

        assertThat(secrets).hasSize(1_000);
    }

    @Test
    void only_the_hash_of_a_secret_is_kept_and_printed() {
        CreatedKey made = service.create(request(Role.CALLER), ADMIN).await().indefinitely();

        String secret = made.secret().reveal();
        assertThat(made.key().secretHash()).isEqualTo(made.secret().hash()).hasSize(64);
        assertThat(store.list(TenantId.DEFAULT).await().indefinitely().toString())
                .doesNotContain(secret);
        assertThat(store.audit().toString())
                .doesNotContain(secret)
                .doesNotContain(made.key().secretHash());
        assertThat(made.toString()).doesNotContain(secret);
    }

    @Test
    void making_and_revoking_a_key_are_audited_with_who_and_what() {
        CreatedKey made = service.create(request(Role.CALLER), ADMIN).await().indefinitely();
        service.revoke(made.key().id(), ADMIN).await().indefinitely();

        assertThat(store.audit())
                .extracting(entry -> List.of(entry.actor(), entry.action(), entry.subject()))
                .containsExactly(
                        List.of(
                                ADMIN,
                                AuditAction.KEY_CREATE,
                                "key:" + made.key().id()),
                        List.of(
                                ADMIN,
                                AuditAction.KEY_REVOKE,
                                "key:" + made.key().id()));
        assertThat(store.audit().getFirst().facts())
                .isEqualTo(Map.of(
                        "name",
                        "ci",
                        "roles",
                        List.of("caller"),
                        "plugins",
                        List.of("resizer"),
                        "expires_at",
                        made.key().expiresAt().orElseThrow().toString()));
    }

    @Test
    void another_tenants_key_cannot_be_revoked() {
        CreatedKey made = service.create(request(Role.CALLER), ADMIN).await().indefinitely();
        Actor stranger = new Actor("platform:admin-key", new TenantId("other"), Set.of(Role.ADMIN));

        assertThat(service.revoke(made.key().id(), stranger).await().indefinitely())
                .isFalse();
        assertThat(service.revoke(UUID.randomUUID(), ADMIN).await().indefinitely())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"ADMIN", "USER"})
    void the_roles_of_the_platform_and_of_signed_in_users_cannot_be_given_to_a_key(Role role) {
        assertThatThrownBy(() -> request(role)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_has_a_name_of_at_most_100_printable_characters() {
        assertThat(named("n".repeat(100)).name()).hasSize(100);
        assertThatThrownBy(() -> named("n".repeat(101))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> named(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> named("a\nb")).isInstanceOf(IllegalArgumentException.class);
    }

    private static KeyRequest request(Role role) {
        return new KeyRequest("ci", Set.of(role), Set.of(new PluginId("resizer")), ApiKey.Users.ANY, Optional.empty());
    }

    private static KeyRequest named(String name) {
        return new KeyRequest(name, Set.of(Role.VIEWER), Set.of(), ApiKey.Users.ANY, Optional.empty());
    }
}
