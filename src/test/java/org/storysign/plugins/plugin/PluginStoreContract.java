package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.plugin.PluginStore.DataOnRemoval;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.signature.PackageSignature;
import org.storysign.plugins.wasm.WasmBinary;

/** What every {@link PluginStore} with its {@link CatalogStore} does. Each test begins with two tenants that have no plugins. */
public abstract class PluginStoreContract {

    private static final PluginId RESIZER = new PluginId("resizer");

    /** The store under test. */
    protected abstract PluginStore store();

    /** What reads the same rows. */
    protected abstract CatalogStore catalogs();

    protected abstract TenantId tenant();

    protected abstract TenantId otherTenant();

    @Test
    void a_new_plugin_is_installed_with_nothing_given() {
        PluginPackage upload = TestPackages.of("{}", TestPackages.QUIET);

        Plugin plugin = created(install(upload));

        assertThat(plugin.state()).isEqualTo(new PluginState.Installed());
        assertThat(plugin.grants()).isEqualTo(Grants.NONE);
        assertThat(plugin.level()).isEqualTo(SecurityLevel.STANDARD);
        assertThat(plugin.consent()).isEmpty();
        assertThat(plugin.config()).isEmpty();
        assertThat(plugin.configRevision()).isEqualTo(1);
        assertThat(plugin.active().moduleDigest()).isEqualTo(new WasmBinary(upload.module()).digest());
        assertSame(find(RESIZER).orElseThrow(), plugin);
    }

    @Test
    void a_release_comes_back_as_it_was() {
        PluginPackage upload = TestPackages.of(
                "{\"permissions\": [\"storage:read\"], \"hooks\": [{\"name\": \"story\", \"type\": \"filter\", \"handler\": \"run\"}]}",
                TestPackages.QUIET);
        install(upload);

        Release found = find(RESIZER).orElseThrow().active();

        Release given = TestPackages.release(upload);
        assertThat(found.manifest()).isEqualTo(given.manifest());
        assertThat(found.packageDigest()).isEqualTo(given.packageDigest());
        assertThat(found.moduleDigest()).isEqualTo(given.moduleDigest());
        assertThat(found.installedBy()).isEqualTo("key:test");
    }

    @Test
    void the_same_content_again_changes_nothing() {
        install(TestPackages.of("{}", TestPackages.QUIET));
        long revision = revision();

        InstallOutcome again = install(TestPackages.of("{}", TestPackages.QUIET));

        assertThat(again).isInstanceOf(InstallOutcome.Identical.class);
        assertThat(revision()).isEqualTo(revision);
    }

    @Test
    void the_same_content_with_other_signatures_has_all_of_them_and_the_catalogue_steps() {
        PluginPackage upload = TestPackages.of("{}", TestPackages.QUIET);
        Plugin plugin = created(install(upload));
        long revision = revision();
        PackageSignature first = new PackageSignature(new byte[] {1}, Optional.empty());
        PackageSignature second = new PackageSignature(new byte[] {2}, Optional.of(Digest.of(new byte[0])));

        InstallOutcome once = installSigned(upload, List.of(first));
        InstallOutcome again = installSigned(upload, List.of(second, first));

        assertThat(once).isInstanceOf(InstallOutcome.Identical.class);
        assertThat(once.plugin().active().signatures()).containsExactly(first);
        assertThat(again.plugin().active().signatures()).containsExactly(first, second);
        assertThat(find(RESIZER).orElseThrow().active().signatures()).containsExactly(first, second);
        assertThat(find(RESIZER).orElseThrow().revision()).isEqualTo(plugin.revision());
        assertThat(revision()).isEqualTo(revision + 2);
        installSigned(upload, List.of(first));
        installSigned(upload, List.of());
        assertThat(revision()).isEqualTo(revision + 2);
        assertThat(find(RESIZER).orElseThrow().active().signatures()).containsExactly(first, second);
    }

    @Test
    void a_release_has_ten_signatures_and_no_more() {
        PluginPackage upload = TestPackages.of("{}", TestPackages.QUIET);
        install(upload);
        for (byte each = 1; each <= 10; each++) {
            installSigned(upload, List.of(new PackageSignature(new byte[] {each}, Optional.empty())));
        }

        assertThatThrownBy(() ->
                        installSigned(upload, List.of(new PackageSignature(new byte[] {11}, Optional.empty()))))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.SIGNATURE_REJECTED));
        assertThat(find(RESIZER).orElseThrow().active().signatures()).hasSize(10);
    }

    private InstallOutcome installSigned(PluginPackage upload, List<PackageSignature> signatures) {
        Release release = TestPackages.release(upload);
        Release signed = new Release(
                release.manifest(),
                release.packageDigest(),
                release.moduleDigest(),
                release.scan(),
                release.installedAt(),
                release.installedBy(),
                signatures);
        return await(
                store().install(tenant(), signed, new WasmBinary(upload.module()), audit(AuditAction.PLUGIN_INSTALL)));
    }

    @Test
    void other_content_under_the_same_version_changes_nothing() {
        install(TestPackages.of("{}", TestPackages.QUIET));
        long revision = revision();

        InstallOutcome other = install(TestPackages.of("{\"name\": \"Other\"}", TestPackages.QUIET));

        assertThat(other).isInstanceOf(InstallOutcome.VersionExists.class);
        assertThat(find(RESIZER).orElseThrow().active().manifest().about().name())
                .isEqualTo("Resizer");
        assertThat(revision()).isEqualTo(revision);
    }

    @Test
    void another_version_becomes_the_active_release_while_the_plugin_does_not_serve() {
        install(TestPackages.of("{}", TestPackages.QUIET));

        Plugin plugin = created(install(TestPackages.of("{\"version\": \"1.1.0\"}", TestPackages.QUIET)));

        assertThat(plugin.active().manifest().version().value()).isEqualTo("1.1.0");
        assertThat(await(store().releases(tenant(), RESIZER)))
                .extracting(release -> release.manifest().version().value())
                .containsExactlyInAnyOrder("1.0.0", "1.1.0");
    }

    @Test
    void another_version_waits_beside_a_plugin_that_serves_is_being_enabled_or_is_quarantined_and_changes_nothing() {
        Plugin plugin = created(install(TestPackages.of("{}", TestPackages.QUIET)));
        List<PluginState> states = List.of(
                new PluginState.Enabled(),
                new PluginState.Quarantined("failed too often"),
                new PluginState.Enabling("process-1", Instant.parse("2026-11-22T12:00:00Z")));

        for (int patch = 0; patch < states.size(); patch++) {
            plugin = replace(plugin.with(states.get(patch))).orElseThrow();
            Plugin told = created(install(TestPackages.of("{\"version\": \"1.1." + patch + "\"}", TestPackages.QUIET)));

            assertSame(told, plugin);
            assertSame(find(RESIZER).orElseThrow(), plugin);
        }
        assertThat(await(store().releases(tenant(), RESIZER)))
                .extracting(release -> release.manifest().version().value())
                .containsExactlyInAnyOrder("1.0.0", "1.1.0", "1.1.1", "1.1.2");
    }

    @Test
    void a_release_that_is_there_becomes_the_active_one_with_everything_else_that_is_written() {
        created(install(TestPackages.of("{}", TestPackages.QUIET)));
        Plugin newer = created(install(TestPackages.of("{\"version\": \"1.1.0\"}", TestPackages.QUIET)));
        Release older = await(store().releases(tenant(), RESIZER)).stream()
                .filter(release -> release.manifest().version().value().equals("1.0.0"))
                .findFirst()
                .orElseThrow();

        Plugin written =
                replace(newer.with(older).with(new PluginState.Enabled())).orElseThrow();

        assertThat(written.active().packageDigest()).isEqualTo(older.packageDigest());
        assertSame(find(RESIZER).orElseThrow(), written);
        assertThat(await(catalogs().read(tenant())).enabled())
                .extracting(plugin -> plugin.active().packageDigest())
                .containsExactly(older.packageDigest());
    }

    @Test
    void everything_that_may_change_is_written_and_the_revision_steps() {
        Plugin plugin = created(install(TestPackages.of("{}", TestPackages.QUIET)));
        Grants grants = new Grants(
                Set.of(PermissionName.NETWORK_ACCESS, PermissionName.STORAGE_READ),
                Set.of("a.example:8443"),
                Set.of("GET", "POST"));

        Plugin written = replace(plugin.with(
                                new PluginState.Enabled(), grants, SecurityLevel.MINIMAL, Optional.of("agreed"))
                        .withConfig(JsonNodeFactory.instance.objectNode().put("word", "frog")))
                .orElseThrow();

        assertThat(written.revision()).isGreaterThan(plugin.revision());
        Plugin found = find(RESIZER).orElseThrow();
        assertSame(found, written);
        assertThat(found.state()).isEqualTo(new PluginState.Enabled());
        assertThat(found.grants()).isEqualTo(grants);
        assertThat(found.level()).isEqualTo(SecurityLevel.MINIMAL);
        assertThat(found.consent()).contains("agreed");
        assertThat(found.config()).hasToString("{\"word\":\"frog\"}");
        assertThat(found.configRevision()).isEqualTo(2);
    }

    @Test
    void every_state_comes_back_with_what_belongs_to_it() {
        Plugin plugin = created(install(TestPackages.of("{}", TestPackages.QUIET)));

        for (PluginState state : Set.of(
                new PluginState.Enabling("process-1", Instant.parse("2026-11-22T12:00:00Z")),
                new PluginState.Enabled(),
                new PluginState.Disabled(),
                new PluginState.Quarantined("failed too often"),
                new PluginState.Failed("could not be initialised"))) {
            plugin = replace(plugin.with(state)).orElseThrow();

            assertThat(find(RESIZER).orElseThrow().state()).isEqualTo(state);
        }
    }

    @Test
    void a_change_of_an_old_revision_is_not_written() {
        Plugin plugin = created(install(TestPackages.of("{}", TestPackages.QUIET)));
        replace(plugin.with(new PluginState.Enabled()));
        long revision = revision();

        Optional<Plugin> late = replace(plugin.with(new PluginState.Disabled()));

        assertThat(late).isEmpty();
        assertThat(find(RESIZER).orElseThrow().state()).isEqualTo(new PluginState.Enabled());
        assertThat(revision()).isEqualTo(revision);
    }

    @Test
    void a_change_that_does_not_fit_what_is_enabled_is_not_written() {
        Plugin plugin = created(install(TestPackages.of("{}", TestPackages.QUIET)));
        replace(created(install(TestPackages.of("{\"id\": \"words\"}", TestPackages.QUIET)))
                .with(new PluginState.Enabled()));
        long revision = revision();
        List<PluginId> seen = new ArrayList<>();

        assertThatThrownBy(() -> await(store().replace(
                                plugin.with(new PluginState.Enabled()),
                                enabled -> {
                                    enabled.forEach(each -> seen.add(each.id()));
                                    throw StoredPlugins.conflict(plugin, "does not fit");
                                },
                                audit(AuditAction.PLUGIN_ENABLE))))
                .hasMessageContaining("does not fit");

        assertThat(seen).containsExactly(new PluginId("words"));
        assertThat(find(RESIZER).orElseThrow()).isEqualTo(plugin);
        assertThat(revision()).isEqualTo(revision);
    }

    @Test
    void a_removed_plugin_is_gone_with_its_releases_and_modules() {
        PluginPackage upload = TestPackages.of("{}", TestPackages.QUIET);
        Plugin plugin = created(install(upload));

        assertThat(remove(plugin)).isTrue();

        assertThat(find(RESIZER)).isEmpty();
        assertThat(await(store().releases(tenant(), RESIZER))).isEmpty();
        assertThat(artifact(upload)).isEmpty();
        assertThat(replace(plugin.with(new PluginState.Enabled()))).isEmpty();
    }

    @Test
    void a_module_that_another_plugin_uses_stays_when_one_is_removed() {
        PluginPackage upload = TestPackages.of("{}", TestPackages.QUIET);
        Plugin plugin = created(install(upload));
        install(TestPackages.of("{\"id\": \"other\"}", TestPackages.QUIET));

        remove(plugin);

        assertThat(artifact(upload)).isPresent();
    }

    @Test
    void a_plugin_that_was_changed_meanwhile_is_not_removed() {
        Plugin plugin = created(install(TestPackages.of("{}", TestPackages.QUIET)));
        replace(plugin.with(new PluginState.Enabled()));

        assertThat(remove(plugin)).isFalse();

        assertThat(find(RESIZER)).isPresent();
    }

    @Test
    void the_modules_bytes_come_back() {
        PluginPackage upload = TestPackages.of("{}", TestPackages.QUIET);
        install(upload);

        assertThat(artifact(upload).orElseThrow().toBytes()).isEqualTo(upload.module());
    }

    @Test
    void a_packages_files_come_back_and_go_with_the_last_plugin_that_has_them() {
        byte[] page = {1, 2, 3};
        Digest digest = Digest.of(page);
        Plugin first = created(installWith(page, digest, "resizer"));
        Plugin second = created(installWith(page, digest, "other"));
        assertThat(await(store().file(tenant(), digest))).contains(page);
        assertThat(await(store().file(otherTenant(), digest))).isEmpty();

        remove(first);
        assertThat(await(store().file(tenant(), digest))).contains(page);
        remove(second);

        assertThat(await(store().file(tenant(), digest))).isEmpty();
    }

    private InstallOutcome installWith(byte[] page, Digest digest, String id) {
        PluginPackage upload = TestPackages.of(
                "{\"id\": \"" + id + "\", \"files\": {\"a.txt\": \"" + digest + "\", \"b/same.txt\": \"" + digest
                        + "\"}}",
                TestPackages.QUIET);
        PackageFiles files = PackageFiles.of(Map.of("a.txt", page, "b/same.txt", page));
        PackageContent content = new PackageContent(new WasmBinary(upload.module()), files);
        return await(
                store().install(tenant(), TestPackages.release(upload), content, audit(AuditAction.PLUGIN_INSTALL)));
    }

    @Test
    void plugins_are_listed_by_id_and_in_pages() {
        for (String id : Set.of("cc", "aa", "bb")) {
            install(TestPackages.of("{\"id\": \"" + id + "\"}", TestPackages.QUIET));
        }

        assertThat(await(store().list(tenant(), PluginFilter.all(2))))
                .extracting(plugin -> plugin.id().value())
                .containsExactly("aa", "bb");
        PluginFilter next = new PluginFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new PluginId("bb")), 2);
        assertThat(await(store().list(tenant(), next)))
                .extracting(plugin -> plugin.id().value())
                .containsExactly("cc");
    }

    @Test
    void plugins_are_found_by_state_text_and_permission() {
        install(TestPackages.of(
                "{\"id\": \"aa\", \"name\": \"Frog counter\", \"permissions\": [\"storage:read\"]}",
                TestPackages.QUIET));
        Plugin bb = created(install(TestPackages.of("{\"id\": \"bb\"}", TestPackages.QUIET)));
        replace(bb.with(new PluginState.Disabled()));

        assertThat(ids(new PluginFilter(
                        Optional.of("disabled"), Optional.empty(), Optional.empty(), Optional.empty(), 10)))
                .containsExactly("bb");
        assertThat(ids(new PluginFilter(Optional.empty(), Optional.of("FROG"), Optional.empty(), Optional.empty(), 10)))
                .containsExactly("aa");
        assertThat(ids(new PluginFilter(Optional.empty(), Optional.of("%"), Optional.empty(), Optional.empty(), 10)))
                .isEmpty();
        assertThat(ids(new PluginFilter(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(PermissionName.STORAGE_READ),
                        Optional.empty(),
                        10)))
                .containsExactly("aa");
    }

    @Test
    void a_tenant_sees_nothing_of_another() {
        PluginPackage upload = TestPackages.of("{}", TestPackages.QUIET);
        install(upload);

        assertThat(await(store().find(otherTenant(), RESIZER))).isEmpty();
        assertThat(await(store().list(otherTenant(), PluginFilter.all(10)))).isEmpty();
        assertThat(await(store().releases(otherTenant(), RESIZER))).isEmpty();
        assertThat(await(store().artifact(otherTenant(), new WasmBinary(upload.module()).digest())))
                .isEmpty();
        assertThat(await(catalogs().read(otherTenant())).enabled()).isEmpty();
    }

    @Test
    void the_catalogue_has_exactly_what_is_enabled_and_every_change_steps_its_revision() {
        long before = revision();
        Plugin plugin = created(install(TestPackages.of("{}", TestPackages.QUIET)));
        install(TestPackages.of("{\"id\": \"other\"}", TestPackages.QUIET));
        long installed = revision();

        replace(plugin.with(new PluginState.Enabled()));

        StoredCatalog catalog = await(catalogs().read(tenant()));
        assertThat(catalog.enabled()).extracting(Plugin::id).containsExactly(RESIZER);
        assertThat(installed).isGreaterThan(before);
        assertThat(catalog.revision()).isGreaterThan(installed);
    }

    private InstallOutcome install(PluginPackage upload) {
        return await(store().install(
                        tenant(),
                        TestPackages.release(upload),
                        new WasmBinary(upload.module()),
                        audit(AuditAction.PLUGIN_INSTALL)));
    }

    private static Plugin created(InstallOutcome outcome) {
        return ((InstallOutcome.Created) outcome).plugin();
    }

    private Optional<Plugin> find(PluginId id) {
        return await(store().find(tenant(), id));
    }

    private Optional<Plugin> replace(Plugin changed) {
        return await(store().replace(changed, audit(AuditAction.PLUGIN_ENABLE)));
    }

    private boolean remove(Plugin plugin) {
        return await(store().remove(plugin, DataOnRemoval.DELETE, audit(AuditAction.PLUGIN_UNINSTALL)));
    }

    private Optional<WasmBinary> artifact(PluginPackage upload) {
        return await(store().artifact(tenant(), new WasmBinary(upload.module()).digest()));
    }

    private Iterable<String> ids(PluginFilter filter) {
        return await(store().list(tenant(), filter)).stream()
                .map(plugin -> plugin.id().value())
                .toList();
    }

    private long revision() {
        return await(catalogs().read(tenant())).revision();
    }

    private AuditEntry audit(AuditAction action) {
        Actor actor = new Actor("key:test", tenant(), Set.of(Role.ADMIN));
        return new AuditEntry(actor, action, "plugin:" + RESIZER, Map.of());
    }

    /** Times of update may be rounded by a store. */
    private static void assertSame(Plugin one, Plugin other) {
        assertThat(one)
                .usingRecursiveComparison()
                .ignoringFields("active", "createdAt", "updatedAt")
                .isEqualTo(other);
    }

    private static <T> T await(Uni<T> result) {
        return result.await().atMost(Duration.ofSeconds(20));
    }
}
