package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.plugin.PublisherKeys;
import org.storysign.plugins.plugin.PublisherKeysContract;
import org.storysign.plugins.signature.KeyAlgorithm;
import org.storysign.plugins.signature.SigningKey;
import org.storysign.plugins.signature.TrustedKey;
import org.storysign.plugins.signature.VerificationKey;

@ServiceTest
class PostgresPublisherKeysTest extends PublisherKeysContract {

    @Inject
    PostgresPublisherKeys keys;

    private final TenantId tenant = Tenants.fresh();
    private final TenantId other = Tenants.fresh();

    @Override
    protected PublisherKeys keys() {
        return keys;
    }

    @Override
    protected TenantId tenant() {
        return tenant;
    }

    @Override
    protected TenantId otherTenant() {
        return other;
    }

    @Test
    void a_key_that_somebody_put_under_another_ones_fingerprint_is_trusted_by_nobody() throws SQLException {
        VerificationKey acme = SigningKey.generate(KeyAlgorithm.ED25519).verifying();
        VerificationKey mallory = SigningKey.generate(KeyAlgorithm.ED25519).verifying();
        TrustedKey trusted = new TrustedKey("acme", acme, Instant.EPOCH, Optional.empty(), Optional.empty());
        keys.add(tenant, trusted, Entries.of(tenant, AuditAction.PUBLISHER_KEY_TRUST, "publisher-key:x"))
                .await()
                .atMost(Duration.ofSeconds(10));

        Rows.change("UPDATE publisher_key SET pem = '" + mallory.pem() + "' WHERE tenant = '" + tenant + "'");

        assertThat(keys.list(tenant).await().atMost(Duration.ofSeconds(10))).isEmpty();
    }

    @Test
    void the_service_cannot_change_what_a_key_is_nor_take_it_away() {
        assertThatThrownBy(() -> asService("UPDATE publisher_key SET pem = 'x'"))
                .hasMessageContaining("denied");
        assertThatThrownBy(() -> asService("UPDATE publisher_key SET publisher = 'x'"))
                .hasMessageContaining("denied");
        assertThatThrownBy(() -> asService("DELETE FROM publisher_key")).hasMessageContaining("denied");
    }

    private static void asService(String command) throws SQLException {
        Rows.change("SET ROLE storysign_service; " + command);
    }
}
