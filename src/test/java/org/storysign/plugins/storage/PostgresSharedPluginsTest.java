package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginStore.DataOnRemoval;
import org.storysign.plugins.plugin.Release;
import org.storysign.plugins.plugin.SharedPlugins;
import org.storysign.plugins.wasm.WasmBinary;

/** How far the database itself lets tenants see into what is shared: what follows holds whatever the service asks for. */
@ServiceTest
class PostgresSharedPluginsTest {

    @Inject
    PostgresSharedPlugins shared;

    @Inject
    PostgresPluginStore store;

    private final TenantId mine = Tenants.fresh();
    private final TenantId theirs = Tenants.fresh();
    private final String offered = "offered-" + mine;
    private final String secret = "secret-" + mine;
    private final WasmBinary offeredModule = Releases.module("offered of " + mine);
    private final WasmBinary secretModule = Releases.module("secret of " + mine);
    private final Actor platform = new Actor("platform:test", SharedPlugins.HOME, Set.of(Role.ADMIN));

    @BeforeEach
    void share() {
        install(offered, offeredModule);
        install(secret, secretModule);
        await(shared.share(new PluginId(offered), new Version("1.0.0"), platform));
        adopt(theirs);
    }

    @AfterEach
    void unshare() {
        await(shared.withdraw(new PluginId(offered), platform));
    }

    @Test
    void a_tenant_sees_neither_the_platforms_rows_nor_who_else_adopted() throws Exception {
        adopt(mine);

        for (String table : List.of("plugin", "release", "artifact", "release_file", "shared_release", "audit_log")) {
            assertThat(number("SELECT count(*) FROM " + table + " WHERE tenant <> '" + mine + "'"))
                    .as(table)
                    .isZero();
        }
        assertThat(number("SELECT count(*) FROM plugin")).isEqualTo(1);
        assertThat(number("SELECT count(*) FROM shared_offers('', NULL) WHERE plugin = '" + secret + "'"))
                .isZero();
        assertThat(number("SELECT count(*) FROM shared_offers('', NULL) WHERE plugin = '" + offered + "'"))
                .isEqualTo(1);
    }

    @Test
    void shared_bytes_are_for_those_who_adopted_them() throws Exception {
        assertThat(number("SELECT count(shared_content('" + offeredModule.digest() + "'))"))
                .isZero();

        adopt(mine);

        assertThat(number("SELECT count(shared_content('" + offeredModule.digest() + "'))"))
                .isEqualTo(1);
        assertThat(number("SELECT count(shared_content('" + secretModule.digest() + "'))"))
                .isZero();
        assertThat(await(store.artifact(mine, offeredModule.digest()))).contains(offeredModule);
        assertThat(await(store.artifact(mine, secretModule.digest()))).isEmpty();
        assertThat(Rows.text("SELECT count(content)::text FROM artifact WHERE tenant = '" + mine + "'"))
                .as("nothing is copied")
                .isEqualTo("0");
    }

    @Test
    void nobody_points_at_bytes_that_were_never_offered() throws Exception {
        assertThatThrownBy(() -> number("INSERT INTO artifact VALUES ('" + mine + "', '" + secretModule.digest()
                        + "', NULL) RETURNING 1"))
                .hasMessageContaining("row-level security");
        assertThat(bool("SELECT shared_adopt('" + secret + "', '1.0.0')")).isFalse();
        assertThat(bool("SELECT shared_adopt('" + offered + "', '1.0.0')"))
                .as("for no plugin")
                .isFalse();
        assertThatThrownBy(() -> bool("SELECT shared_point('" + secret + "', '1.0.0')"))
                .hasMessageContaining("permission denied");
        for (String command : List.of(
                "INSERT INTO shared_release VALUES ('" + mine + "', 'a', '1', now(), 'me') RETURNING 1",
                "DELETE FROM shared_release RETURNING 1")) {
            assertThatThrownBy(() -> number(command)).as(command).hasMessageContaining("permission denied");
        }
    }

    @Test
    void shared_bytes_stay_while_anybody_points_at_them_and_no_longer() throws Exception {
        adopt(mine);
        await(shared.withdraw(new PluginId(offered), platform));
        remove(SharedPlugins.HOME, offered);
        assertThat(await(store.artifact(mine, offeredModule.digest()))).contains(offeredModule);

        remove(mine, offered);
        remove(theirs, offered);
        remove(SharedPlugins.HOME, secret);

        assertThat(Rows.text("SELECT count(*)::text FROM artifact WHERE digest = '" + offeredModule.digest() + "'"))
                .isEqualTo("0");
    }

    @Test
    void a_version_that_a_tenant_has_keeps_its_content_whatever_is_shared_under_it_later() {
        adopt(mine);
        await(shared.withdraw(new PluginId(offered), platform));
        remove(SharedPlugins.HOME, offered);
        WasmBinary another = Releases.module("another of " + mine);
        install(offered, another);

        assertThat(await(shared.share(new PluginId(offered), new Version("1.0.0"), platform)))
                .hasValue(0);

        assertThat(find(mine, offered).active().moduleDigest()).isEqualTo(offeredModule.digest());
        assertThat(await(store.artifact(mine, another.digest()))).isEmpty();
    }

    private void adopt(TenantId tenant) {
        Release release =
                await(shared.offer(tenant, new PluginId(offered))).orElseThrow().release();
        await(shared.adopt(tenant, release, Entries.of(tenant, AuditAction.PLUGIN_ADOPT, "plugin:" + offered)));
    }

    private void install(String id, WasmBinary module) {
        await(store.install(
                SharedPlugins.HOME,
                Releases.of(id, "1.0.0", module),
                module,
                Entries.of(SharedPlugins.HOME, AuditAction.PLUGIN_INSTALL, "plugin:" + id)));
    }

    private void remove(TenantId tenant, String id) {
        assertThat(await(store.remove(
                        find(tenant, id),
                        DataOnRemoval.DELETE,
                        Entries.of(tenant, AuditAction.PLUGIN_UNINSTALL, "plugin:" + id))))
                .isTrue();
    }

    private Plugin find(TenantId tenant, String id) {
        return await(store.find(tenant, new PluginId(id))).orElseThrow();
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(30));
    }

    private long number(String query) throws SQLException {
        return Long.parseLong(asMe(query));
    }

    private boolean bool(String query) throws SQLException {
        return asMe(query).equals("t");
    }

    /** As the service's role, in the tenant. */
    private String asMe(String query) throws SQLException {
        try (Connection service = TestDatabase.asService();
                Statement statement = service.createStatement()) {
            statement.execute("SELECT set_config('plugins.tenant', '" + mine + "', false)");
            try (ResultSet rows = statement.executeQuery(query)) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
