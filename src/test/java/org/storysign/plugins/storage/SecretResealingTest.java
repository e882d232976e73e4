package org.storysign.plugins.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.plugin.ConfigSecrets;
import org.storysign.plugins.plugin.PackageContent;
import org.storysign.plugins.plugin.PackageFiles;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginPackage;
import org.storysign.plugins.plugin.Release;
import org.storysign.plugins.plugin.SealedConfig;
import org.storysign.plugins.plugin.TestPackages;
import org.storysign.plugins.plugin.webhook.Webhook;
import org.storysign.plugins.secret.SealedSecret;
import org.storysign.plugins.secret.SecretCipher;
import org.storysign.plugins.secret.SecretKeys;
import org.storysign.plugins.security.AuditTrail;
import org.storysign.plugins.wasm.WasmBinary;

/** A key for secrets is changed while secrets are there that it sealed. */
@ServiceTest
class SecretResealingTest {

    private static final String OLD = "1a".repeat(32);
    private static final SecretCipher BEFORE = new SecretCipher(SecretKeys.of(Map.of("old", OLD), "old"));
    private static final SecretKeys BOTH = SecretKeys.of(Map.of("old", OLD, "new", "2b".repeat(32)), "new");
    private static final SecretKeys OTHERS = SecretKeys.of(Map.of("other", "3c".repeat(32)), "other");

    @Inject
    PostgresPluginStore store;

    @Inject
    CleanupSteps tenants;

    @Inject
    TenantTransactions transactions;

    @Inject
    AuditTrail audit;

    private final TenantId tenant = Tenants.fresh();
    private Plugin plugin;

    @BeforeEach
    void a_plugin_has_a_secret() {
        PluginPackage upload = TestPackages.of("{}", TestPackages.QUIET);
        Release release = TestPackages.release(upload);
        PackageContent content = new PackageContent(new WasmBinary(upload.module()), PackageFiles.NONE);
        Plugin installed = store.install(tenant, release, content, entry(AuditAction.PLUGIN_INSTALL))
                .await()
                .atMost(Duration.ofSeconds(10))
                .plugin();
        SealedSecret secret =
                BEFORE.seal("\"geheim\"".getBytes(UTF_8), ConfigSecrets.place(tenant, installed.id(), "/token"));
        ObjectNode config =
                SealedConfig.joined(JsonNodeFactory.instance.objectNode().put("word", "a"), Map.of("/token", secret));
        plugin = store.replace(installed.withConfig(config), entry(AuditAction.CONFIG_CHANGE))
                .await()
                .atMost(Duration.ofSeconds(10))
                .orElseThrow();
    }

    @Test
    void it_is_sealed_anew_with_the_active_key_and_the_plugin_is_otherwise_as_it_was() {
        assertThat(reseal(BOTH)).isEqualTo(1);

        Plugin now = store.find(tenant, plugin.id())
                .await()
                .atMost(Duration.ofSeconds(10))
                .orElseThrow();
        SealedSecret secret = Optional.ofNullable(
                        SealedConfig.secrets(now.config()).get("/token"))
                .orElseThrow();
        assertThat(secret.key()).isEqualTo("new");
        assertThat(new SecretCipher(BOTH).open(secret, ConfigSecrets.place(tenant, plugin.id(), "/token")))
                .isEqualTo("\"geheim\"".getBytes(UTF_8));
        assertThat(now.revision()).isEqualTo(plugin.revision());
        assertThat(SealedConfig.clear(now.config())).isEqualTo(SealedConfig.clear(plugin.config()));
        assertThat(lastAction()).isEqualTo("secrets.reseal");
    }

    @Test
    void what_the_active_key_sealed_is_left_alone() {
        reseal(BOTH);

        assertThat(reseal(BOTH)).isZero();
    }

    @Test
    void what_does_not_open_stays_as_it_is() {
        assertThat(reseal(OTHERS)).isZero();

        assertThat(reseal(BOTH)).isEqualTo(1);
    }

    @Test
    void a_webhooks_secret_is_sealed_anew_too() throws SQLException {
        UUID webhook = UUID.randomUUID();
        String sealed = BEFORE.seal("whsec".getBytes(UTF_8), Webhook.place(tenant, webhook))
                .text();
        Rows.change("INSERT INTO webhook (tenant, id, url, event_types, secret) VALUES ('" + tenant + "', '" + webhook
                + "', 'https://example.com', '{}', '" + sealed + "')");

        assertThat(reseal(BOTH)).isEqualTo(2);

        SealedSecret anew = SealedSecret.parse(Rows.text("SELECT secret FROM webhook WHERE id = '" + webhook + "'"))
                .orElseThrow();
        assertThat(new SecretCipher(BOTH).open(anew, Webhook.place(tenant, webhook)))
                .isEqualTo("whsec".getBytes(UTF_8));
        assertThat(anew.key()).isEqualTo("new");
    }

    private int reseal(SecretKeys keys) {
        return new SecretResealing(tenants, transactions, new SecretCipher(keys))
                .reseal(tenant)
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private String lastAction() {
        return audit.page(tenant, OptionalLong.empty(), 1)
                .await()
                .atMost(Duration.ofSeconds(10))
                .getFirst()
                .action();
    }

    private AuditEntry entry(AuditAction action) {
        return new AuditEntry(new Actor("key:test", tenant, Set.of()), action, "plugin:resizer", Map.of());
    }
}
