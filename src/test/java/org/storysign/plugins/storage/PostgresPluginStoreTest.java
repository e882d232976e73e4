package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.plugin.InstallOutcome;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginFilter;
import org.storysign.plugins.plugin.PluginState;
import org.storysign.plugins.plugin.PluginStore.DataOnRemoval;
import org.storysign.plugins.plugin.Release;
import org.storysign.plugins.wasm.WasmBinary;

@ServiceTest
class PostgresPluginStoreTest {

    private static final WasmBinary MODULE = Releases.module("first");
    private static final Grants GRANTS = new Grants(
            Set.of(PermissionName.NETWORK_ACCESS, PermissionName.STORAGE_READ),
            Set.of("api.example.com", "b.example.com:8443"),
            Set.of("GET", "POST"));

    @Inject
    PostgresPluginStore store;

    @Inject
    PostgresCatalogStore catalogs;

    private final TenantId tenant = Tenants.fresh();
    private final AuditEntry audit = Entries.of(tenant, AuditAction.PLUGIN_INSTALL, "plugin:notes");

    @Test
    void an_installed_plugin_is_read_back_as_it_was_given() {
        Release release = Releases.of("notes", "1.2.0", MODULE, "storage:read");

        Plugin plugin = install(release);

        assertThat(plugin.state()).isEqualTo(new PluginState.Installed());
        assertThat(plugin.revision()).isEqualTo(1);
        assertThat(plugin.grants()).isEqualTo(Grants.NONE);
        assertThat(plugin.level()).isEqualTo(SecurityLevel.STANDARD);
        assertThat(plugin.active()).isEqualTo(release);
        assertThat(find("notes")).contains(plugin);
        assertThat(await(store.releases(tenant, plugin.id()))).containsExactly(release);
        assertThat(await(store.artifact(tenant, MODULE.digest())).orElseThrow().toBytes())
                .isEqualTo(MODULE.toBytes());
    }

    @Test
    void another_tenant_has_none_of_it() {
        install(Releases.of("notes", "1.2.0", MODULE));
        TenantId stranger = Tenants.fresh();

        assertThat(await(store.find(stranger, new PluginId("notes")))).isEmpty();
        assertThat(await(store.list(stranger, PluginFilter.all(10)))).isEmpty();
        assertThat(await(store.artifact(stranger, MODULE.digest()))).isEmpty();
    }

    @Test
    void the_same_content_again_changes_nothing_and_other_content_under_the_version_is_not_taken() throws Exception {
        Plugin plugin = install(Releases.of("notes", "1.2.0", MODULE));

        assertThat(await(store.install(tenant, Releases.of("notes", "1.2.0", MODULE), MODULE, audit)))
                .isEqualTo(new InstallOutcome.Identical(plugin));
        WasmBinary other = Releases.module("other");
        assertThat(await(store.install(tenant, Releases.of("notes", "1.2.0", other), other, audit)))
                .isEqualTo(new InstallOutcome.VersionExists(
                        plugin, plugin.active().manifest().version()));

        assertThat(Rows.count("audit_log", tenant)).isEqualTo(1);
        assertThat(await(store.artifact(tenant, other.digest()))).isEmpty();
    }

    @Test
    void of_many_identical_installs_exactly_one_creates() throws Exception {
        List<InstallOutcome> outcomes = Threads.together(
                8, () -> await(store.install(tenant, Releases.of("notes", "1.2.0", MODULE), MODULE, audit)));

        assertThat(outcomes)
                .filteredOn(InstallOutcome.Created.class::isInstance)
                .hasSize(1);
        assertThat(outcomes)
                .filteredOn(InstallOutcome.Identical.class::isInstance)
                .hasSize(7);
        assertThat(Rows.count("release", tenant)).isEqualTo(1);
        assertThat(Rows.count("audit_log", tenant)).isEqualTo(1);
    }

    @Test
    void a_new_release_becomes_active_unless_the_plugin_serves() {
        Plugin first = install(Releases.of("notes", "1.0.0", MODULE));

        Plugin second = install(Releases.of("notes", "1.1.0", MODULE));
        assertThat(second.active().manifest().version().value()).isEqualTo("1.1.0");
        assertThat(second.revision()).isEqualTo(first.revision() + 1);

        Plugin serving = replace(second.with(new PluginState.Enabled())).orElseThrow();
        assertThat(install(Releases.of("notes", "1.2.0", MODULE))).isEqualTo(serving);
        assertThat(find("notes")).contains(serving);
        assertThat(await(store.releases(tenant, serving.id()))).hasSize(3);
    }

    @Test
    void everything_that_may_change_is_replaced_at_the_next_revision() {
        ObjectNode config =
                JsonNodeFactory.instance.objectNode().put("words", "a\u0000é😀").put("n", 1.50);
        Plugin installed = install(Releases.of("notes", "1.0.0", MODULE));
        Instant lease = Instant.parse("2026-11-22T12:00:01.5Z");

        Plugin wanted = installed
                .with(
                        new PluginState.Enabling("process-1", lease),
                        GRANTS,
                        SecurityLevel.STRICT,
                        Optional.of("consent"))
                .withConfig(config);
        Plugin replaced = replace(wanted).orElseThrow();

        assertThat(replaced.revision()).isEqualTo(2);
        assertThat(replaced.state()).isEqualTo(new PluginState.Enabling("process-1", lease));
        assertThat(replaced.grants()).isEqualTo(GRANTS);
        assertThat(replaced.level()).isEqualTo(SecurityLevel.STRICT);
        assertThat(replaced.consent()).contains("consent");
        assertThat(replaced.config()).isEqualTo(config);
        assertThat(replaced.createdAt()).isEqualTo(installed.createdAt());
        assertThat(find("notes")).contains(replaced);
    }

    @Test
    void every_state_is_kept_with_what_belongs_to_it() {
        Plugin plugin = install(Releases.of("notes", "1.0.0", MODULE));

        for (PluginState state : List.of(
                new PluginState.Installed(),
                new PluginState.Enabling("process-1", Instant.parse("2026-11-22T12:00:01Z")),
                new PluginState.Enabled(),
                new PluginState.Disabled(),
                new PluginState.Quarantined("too many traps"),
                new PluginState.Failed("it does not start"))) {
            plugin = replace(plugin.with(state)).orElseThrow();
            assertThat(find("notes").orElseThrow().state()).isEqualTo(state);
        }
    }

    @Test
    void of_many_replacements_of_one_revision_exactly_one_is_made() throws Exception {
        Plugin plugin = install(Releases.of("notes", "1.0.0", MODULE));

        List<Boolean> made = Threads.together(
                8,
                () -> replace(plugin.with(new PluginState.Failed("by " + Threads.number())))
                        .isPresent());

        assertThat(made).containsOnlyOnce(true);
        assertThat(find("notes").orElseThrow().revision()).isEqualTo(2);
        assertThat(Rows.count("audit_log", tenant)).isEqualTo(2);
    }

    @Test
    void removal_takes_releases_and_unused_artifacts_along_and_data_when_asked() throws Exception {
        WasmBinary shared = Releases.module("shared");
        Plugin notes = install(Releases.of("notes", "1.0.0", MODULE));
        install(Releases.of("notes", "1.1.0", shared), shared);
        install(Releases.of("other", "1.0.0", shared), shared);
        for (String plugin : List.of("notes", "other")) {
            Rows.text("SELECT data_put('" + tenant + "', '" + plugin + "', '', 'k', '1', NULL, -1, 10, 10)");
        }

        assertThat(await(store.remove(notes, DataOnRemoval.DELETE, audit)))
                .as("a stale revision")
                .isFalse();
        Plugin stored = find("notes").orElseThrow();
        assertThat(await(store.remove(stored, DataOnRemoval.DELETE, audit))).isTrue();
        assertThat(await(store.remove(stored, DataOnRemoval.DELETE, audit)))
                .as("again")
                .isFalse();

        assertThat(find("notes")).isEmpty();
        assertThat(await(store.releases(tenant, notes.id()))).isEmpty();
        assertThat(await(store.artifact(tenant, MODULE.digest()))).isEmpty();
        assertThat(await(store.artifact(tenant, shared.digest())))
                .as("other still needs it")
                .isPresent();
        assertThat(Rows.text("SELECT string_agg(plugin, ',') FROM plugin_data WHERE tenant = '" + tenant + "'"))
                .isEqualTo("other");
        assertThat(await(store.remove(find("other").orElseThrow(), DataOnRemoval.KEEP, audit)))
                .isTrue();
        assertThat(Rows.count("plugin_data", tenant)).isEqualTo(1);
    }

    @Test
    void plugins_are_listed_by_id_in_pages_by_state_text_and_permission() {
        install(Releases.of("bb", "1.0.0", MODULE, "storage:read"));
        install(Releases.of("ab", "1.0.0", MODULE, "storage:read", "read:user_data"));
        replace(install(Releases.of("ca", "1.0.0", MODULE)).with(new PluginState.Disabled()));

        assertThat(ids(PluginFilter.all(10))).containsExactly("ab", "bb", "ca");
        assertThat(ids(PluginFilter.all(2))).containsExactly("ab", "bb");
        assertThat(ids(filter(null, null, null, "bb"))).containsExactly("ca");
        assertThat(ids(filter("disabled", null, null, null))).containsExactly("ca");
        assertThat(ids(filter(null, "THE B", null, null))).containsExactly("bb");
        assertThat(ids(filter(null, "100% OF", null, null))).hasSize(3);
        assertThat(ids(filter(null, "_", null, null))).as("no wildcard").isEmpty();
        assertThat(ids(filter(null, null, PermissionName.STORAGE_READ, null))).containsExactly("ab", "bb");
        assertThat(ids(filter(null, "a", PermissionName.READ_USER_DATA, null))).containsExactly("ab");
    }

    @Test
    void the_catalogue_holds_what_is_enabled_and_its_revision() {
        assertThat(await(catalogs.read(tenant)).revision()).isZero();
        Plugin enabled = replace(install(Releases.of("notes", "1.0.0", MODULE)).with(new PluginState.Enabled()))
                .orElseThrow();
        install(Releases.of("idle", "1.0.0", MODULE));

        assertThat(await(catalogs.read(tenant)).enabled()).containsExactly(enabled);
        assertThat(await(catalogs.read(tenant)).revision()).isEqualTo(3);
    }

    private Plugin install(Release release) {
        return install(release, MODULE);
    }

    private Plugin install(Release release, WasmBinary module) {
        InstallOutcome outcome = await(store.install(tenant, release, module, audit));
        assertThat(outcome).isInstanceOf(InstallOutcome.Created.class);
        return outcome.plugin();
    }

    private Optional<Plugin> find(String id) {
        return await(store.find(tenant, new PluginId(id)));
    }

    private Optional<Plugin> replace(Plugin plugin) {
        return await(store.replace(plugin, audit));
    }

    private List<String> ids(PluginFilter filter) {
        return await(store.list(tenant, filter)).stream()
                .map(plugin -> plugin.id().value())
                .toList();
    }

    private static PluginFilter filter(
            @org.jspecify.annotations.Nullable String state,
            @org.jspecify.annotations.Nullable String text,
            @org.jspecify.annotations.Nullable PermissionName permission,
            @org.jspecify.annotations.Nullable String after) {
        return new PluginFilter(
                Optional.ofNullable(state),
                Optional.ofNullable(text),
                Optional.ofNullable(permission),
                Optional.ofNullable(after).map(PluginId::new),
                10);
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(30));
    }
}
