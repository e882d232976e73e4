package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.security.ApiKey;

@ServiceTest
class PostgresApiKeyStoreTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

    @Inject
    PostgresApiKeyStore store;

    private final TenantId tenant = Tenants.fresh();
    private final AuditEntry audit = Entries.of(tenant, AuditAction.KEY_CREATE, "key:ci");

    @Test
    void a_key_is_found_by_the_hash_of_its_secret_from_outside_its_tenant() {
        ApiKey key = key("ci", Optional.of(NOON.plusSeconds(60)));
        await(store.create(key, audit));

        assertThat(await(store.findByHash(key.secretHash()))).contains(key);
        assertThat(await(store.findByHash("unknown"))).isEmpty();
        assertThat(await(store.list(tenant))).containsExactly(key);
        assertThat(await(store.list(Tenants.fresh()))).isEmpty();
    }

    @Test
    void a_key_is_revoked_once_by_its_own_tenant_only() throws Exception {
        ApiKey key = key("ci", Optional.empty());
        await(store.create(key, audit));

        assertThat(await(store.revoke(Tenants.fresh(), key.id(), audit))).isFalse();
        assertThat(await(store.revoke(tenant, UUID.randomUUID(), audit))).isFalse();
        assertThat(await(store.revoke(tenant, key.id(), audit))).isTrue();
        assertThat(await(store.revoke(tenant, key.id(), audit))).isFalse();

        ApiKey revoked = await(store.findByHash(key.secretHash())).orElseThrow();
        assertThat(revoked.revokedAt()).isPresent();
        assertThat(revoked.isValidAt(NOON)).isFalse();
        assertThat(Rows.count("audit_log", tenant))
                .as("create and one revocation")
                .isEqualTo(2);
        assertThat(Rows.text("SELECT revision FROM tenant WHERE tenant = '" + tenant + "'"))
                .as("no replica serves from keys")
                .isEqualTo("0");
    }

    @Test
    void that_a_key_was_used_is_kept_once_a_minute_and_of_one_tenant_only() {
        ApiKey key = key("used", Optional.empty());
        await(store.create(key, audit));
        assertThat(lastUsed(key)).isEmpty();

        await(store.used(Tenants.fresh(), key.id()));
        assertThat(lastUsed(key)).isEmpty();
        await(store.used(tenant, key.id()));
        Optional<Instant> first = lastUsed(key);
        await(store.used(tenant, key.id()));

        assertThat(first).isPresent();
        assertThat(lastUsed(key)).isEqualTo(first);
    }

    private Optional<Instant> lastUsed(ApiKey key) {
        return await(store.findByHash(key.secretHash())).orElseThrow().lastUsedAt();
    }

    private ApiKey key(String name, Optional<Instant> expiresAt) {
        return new ApiKey(
                UUID.randomUUID(),
                tenant,
                name,
                UUID.randomUUID().toString(),
                Set.of(Role.CALLER, Role.VIEWER),
                Set.of(new PluginId("notes")),
                ApiKey.Users.AS_TOKEN,
                NOON,
                expiresAt,
                Optional.empty(),
                Optional.empty());
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(30));
    }
}
