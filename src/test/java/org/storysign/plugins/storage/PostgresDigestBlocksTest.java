package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.plugin.BlockedDigest;
import org.storysign.plugins.plugin.DigestBlocks.Blocking;
import org.storysign.plugins.plugin.DigestBlocks.Reach;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginState;
import org.storysign.plugins.plugin.Release;
import org.storysign.plugins.wasm.WasmBinary;
import org.storysign.plugins.wasm.scan.EmbeddedSecret;
import org.storysign.plugins.wasm.scan.ModuleFacts;

/** What blocking does to what is stored, and facts of modules. */
@ServiceTest
class PostgresDigestBlocksTest {

    @Inject
    PostgresDigestBlocks blocks;

    @Inject
    PostgresPluginStore store;

    @Inject
    PostgresFactStore facts;

    private final TenantId tenant = Tenants.fresh();
    private final TenantId other = Tenants.fresh();
    private final Actor actor = new Actor("key:test", tenant, Set.of(Role.ADMIN));
    /** Of these tenants alone: blocks of everywhere reach every other test. */
    private final WasmBinary bad = Releases.module("bad of " + tenant);

    private final WasmBinary good = Releases.module("good of " + tenant);

    @AfterEach
    void unblock() throws SQLException {
        Rows.change("DELETE FROM blocked_digest WHERE tenant = '*' AND digest = '" + bad.digest() + "'");
    }

    @Test
    void what_serves_or_is_being_enabled_fails_and_every_change_on_its_way_finds_another_revision() {
        Plugin serving = enabled(install(tenant, "serving", "1.0.0", bad));
        Plugin enabling = replace(install(tenant, "enabling", "1.0.0", bad)
                .with(new PluginState.Installed().enable("p", Instant.parse("2026-11-22T12:00:00Z"))));
        Plugin waiting = enabled(install(tenant, "waiting", "1.0.0", good));
        install(tenant, "waiting", "2.0.0", bad);
        Plugin asleep = install(tenant, "asleep", "1.0.0", bad);
        Plugin innocent = enabled(install(tenant, "innocent", "1.0.0", good));

        Blocking done = await(blocks.block(bad.digest(), Reach.TENANT, "it's bad", actor));

        assertThat(done.changed()).containsExactly(tenant);
        PluginState failed = new PluginState.Failed(bad.digest() + " is blocked: it's bad");
        assertThat(find("serving").state()).isEqualTo(failed);
        assertThat(find("enabling").state()).isEqualTo(failed);
        assertThat(find("waiting").state()).isEqualTo(new PluginState.Enabled());
        assertThat(find("asleep").state()).isEqualTo(new PluginState.Installed());
        for (Plugin before : List.of(serving, enabling, waiting, asleep)) {
            assertThat(await(store.replace(
                            before.with(new PluginState.Enabled()),
                            Entries.of(tenant, AuditAction.PLUGIN_ENABLE, "plugin:" + before.id()))))
                    .as(before.id().value())
                    .isEmpty();
        }
        assertThat(find("innocent")).isEqualTo(innocent);
    }

    @Test
    void what_is_being_enabled_with_another_release_goes_on() {
        install(tenant, "twice", "1.0.0", bad);
        Plugin enabling = replace(install(tenant, "twice", "2.0.0", good)
                .with(new PluginState.Installed().enable("p", Instant.parse("2026-11-22T12:00:00Z"))));

        await(blocks.block(bad.digest(), Reach.TENANT, "bad", actor));

        assertThat(find("twice")).isEqualTo(enabling);
    }

    @Test
    void everywhere_each_tenant_concerned_steps_and_has_its_entry_and_the_others_have_none() throws SQLException {
        enabled(install(tenant, "serving", "1.0.0", bad));
        enabled(install(other, "serving", "1.0.0", bad));
        TenantId stranger = Tenants.fresh();
        install(stranger, "serving", "1.0.0", good);

        Blocking done = await(blocks.block(bad.digest(), Reach.EVERYWHERE, "bad", actor));

        assertThat(done.changed()).containsExactlyInAnyOrder(tenant, other);
        for (TenantId concerned : List.of(tenant, other)) {
            assertThat(Rows.text("SELECT count(*) FROM audit_log WHERE action = 'digest.block' AND tenant = '"
                            + concerned + "' AND facts LIKE '%\"plugins\" : [\"serving\"]%'"))
                    .isEqualTo("1");
            assertThat(Rows.text("SELECT state FROM plugin WHERE tenant = '" + concerned + "'"))
                    .isEqualTo("failed");
        }
        assertThat(Rows.text(
                        "SELECT count(*) FROM audit_log WHERE action = 'digest.block' AND tenant = '" + stranger + "'"))
                .isEqualTo("0");
        Actor named = new Actor("key:test", stranger, Set.of(Role.ADMIN));
        assertThat(await(blocks.unblock(bad.digest(), Reach.EVERYWHERE, named))).isTrue();
        assertThat(await(blocks.block(bad.digest(), Reach.EVERYWHERE, "bad", named))
                        .changed())
                .containsExactlyInAnyOrder(tenant, other);
        assertThat(Rows.text(
                        "SELECT facts::json ->> 'plugins' FROM audit_log WHERE action = 'digest.block' AND tenant = '"
                                + stranger + "'"))
                .isEqualTo("[]");
        assertThat(await(blocks.list(stranger)))
                .filteredOn(each -> each.digest().equals(bad.digest()))
                .extracting(BlockedDigest::everywhere)
                .containsExactly(true);
        assertThat(await(blocks.block(bad.digest(), Reach.EVERYWHERE, "again", actor))
                        .changed())
                .isEmpty();
        assertThat(await(blocks.unblock(bad.digest(), Reach.EVERYWHERE, actor))).isTrue();
        assertThat(await(blocks.unblock(bad.digest(), Reach.EVERYWHERE, actor))).isFalse();
    }

    @Test
    void the_service_reaches_blocks_of_everywhere_by_the_functions_only() {
        await(blocks.block(bad.digest(), Reach.EVERYWHERE, "bad", actor));

        for (String command : List.of(
                "INSERT INTO blocked_digest VALUES ('*', '" + good.digest() + "', 'r', 'a', now())",
                "UPDATE blocked_digest SET reason = 'x'")) {
            assertThatThrownBy(() -> Rows.change("SET ROLE storysign_service; " + command))
                    .as(command)
                    .satisfies(refused ->
                            assertThat(refused.getMessage()).containsAnyOf("row-level security", "permission denied"));
        }
    }

    @Test
    void facts_are_kept_with_the_module_and_what_cannot_be_read_is_as_if_it_were_not_there() throws SQLException {
        install(tenant, "notes", "1.0.0", good);
        ModuleFacts found = facts();

        await(facts.keep(tenant, good.digest(), found));
        await(facts.keep(tenant, bad.digest(), found));

        assertThat(await(facts.find(tenant, List.of(good.digest(), bad.digest()))))
                .isEqualTo(Map.of(good.digest(), found));
        assertThat(await(facts.find(other, List.of(good.digest())))).isEmpty();
        Rows.change("UPDATE artifact SET facts = '{\"version\": \"x\"}' WHERE tenant = '" + tenant + "'");
        assertThat(await(facts.find(tenant, List.of(good.digest())))).isEmpty();
    }

    private static ModuleFacts facts() {
        return new ModuleFacts(
                1,
                100,
                3,
                true,
                2,
                OptionalLong.of(16),
                4,
                List.of("extism:host/user.user_get"),
                new ModuleFacts.Data(1, 20, 4.25, 0),
                List.of(new EmbeddedSecret("AWS access key", "data segment 0", 20, 20, "AKIA…")),
                2,
                List.of("api.example.com"),
                false,
                List.of("language `Rust`"));
    }

    private Plugin install(TenantId where, String id, String version, WasmBinary module) {
        Release release = Releases.of(id, version, module);
        return await(store.install(
                        where, release, module, Entries.of(where, AuditAction.PLUGIN_INSTALL, "plugin:" + id)))
                .plugin();
    }

    private Plugin enabled(Plugin plugin) {
        return replace(plugin.with(new PluginState.Enabled()));
    }

    private Plugin replace(Plugin changed) {
        return await(store.replace(
                        changed, Entries.of(changed.tenant(), AuditAction.PLUGIN_ENABLE, "plugin:" + changed.id())))
                .orElseThrow();
    }

    private Plugin find(String id) {
        return await(store.find(tenant, new PluginId(id))).orElseThrow();
    }

    private static <T> T await(Uni<T> result) {
        return result.await().atMost(Duration.ofSeconds(20));
    }
}
