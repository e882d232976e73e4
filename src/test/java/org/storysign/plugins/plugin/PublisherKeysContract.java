package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.signature.KeyAlgorithm;
import org.storysign.plugins.signature.SigningKey;
import org.storysign.plugins.signature.TrustedKey;

/** What every {@link PublisherKeys} does. Each test begins with two tenants that trust nobody. */
public abstract class PublisherKeysContract {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final TrustedKey acme = key("acme", KeyAlgorithm.ED25519, Optional.of(NOON.plusSeconds(60)));
    private final TrustedKey partner = key("partner", KeyAlgorithm.ECDSA_P256, Optional.empty());

    protected abstract PublisherKeys keys();

    protected abstract TenantId tenant();

    protected abstract TenantId otherTenant();

    @Test
    void keys_come_back_as_they_were_added_and_in_that_order() {
        assertThat(add(acme)).isEqualTo(acme);
        assertThat(add(partner)).isEqualTo(partner);

        assertThat(TestService.await(keys().list(tenant()))).containsExactly(acme, partner);
    }

    @Test
    void a_key_that_is_known_stays_what_it_was() {
        add(acme);
        TrustedKey claimed = new TrustedKey("mallory", acme.key(), NOON, Optional.empty(), Optional.empty());

        assertThat(add(claimed)).isEqualTo(acme);

        assertThat(TestService.await(keys().list(tenant()))).containsExactly(acme);
    }

    @Test
    void a_key_is_revoked_once_and_stays() {
        add(acme);

        TrustedKey revoked = revoke(acme).orElseThrow();

        assertThat(revoked.revokedAt()).isPresent();
        assertThat(revoke(acme)).contains(revoked);
        assertThat(TestService.await(keys().list(tenant()))).containsExactly(revoked);
        assertThat(add(acme)).isEqualTo(revoked);
    }

    @Test
    void a_key_that_is_not_there_is_not_revoked() {
        assertThat(revoke(acme)).isEmpty();
    }

    @Test
    void a_tenant_sees_and_revokes_no_keys_of_another() {
        add(acme);
        Digest fingerprint = acme.key().fingerprint();

        assertThat(TestService.await(keys().list(otherTenant()))).isEmpty();
        assertThat(TestService.await(keys().revoke(
                                otherTenant(), fingerprint, audit(otherTenant(), AuditAction.PUBLISHER_KEY_REVOKE))))
                .isEmpty();
        assertThat(TestService.await(keys().list(tenant()))).containsExactly(acme);
    }

    private TrustedKey add(TrustedKey key) {
        return TestService.await(keys().add(tenant(), key, audit(tenant(), AuditAction.PUBLISHER_KEY_TRUST)));
    }

    private Optional<TrustedKey> revoke(TrustedKey key) {
        return TestService.await(
                keys().revoke(tenant(), key.key().fingerprint(), audit(tenant(), AuditAction.PUBLISHER_KEY_REVOKE)));
    }

    private static TrustedKey key(String publisher, KeyAlgorithm algorithm, Optional<Instant> end) {
        return new TrustedKey(publisher, SigningKey.generate(algorithm).verifying(), NOON, end, Optional.empty());
    }

    private static AuditEntry audit(TenantId tenant, AuditAction action) {
        return new AuditEntry(new Actor("key:test", tenant, Set.of(Role.ADMIN)), action, "publisher-key:x", Map.of());
    }
}
