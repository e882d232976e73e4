package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.await;
import static org.storysign.plugins.plugin.TestService.json;
import static org.storysign.plugins.plugin.TestService.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.plugin.PluginStore.DataOnRemoval;
import org.storysign.plugins.plugin.TestModules.Export;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.SandboxConfig;

/** From installed to enabled and back: initialise, races of processes, dependencies, disable and uninstall. */
class PluginLifecycleTest {

    private static final PluginId ID = new PluginId("resizer");
    private static final EnableRequest STORAGE = EnableRequest.granting(json("[\"storage:write\"]"));

    private final TestService service = new TestService();

    // initialise

    @Test
    void initialize_runs_once_and_what_it_wrote_stays() {
        service.install(TestPackages.of(TestPackages.ASKS_STORAGE, TestPackages.SAVES));
        service.enableAgreeing(ID, "[\"storage:write\"]");

        await(service.catalog.refresh(TenantId.DEFAULT));
        await(service.anotherProcess().catalog.refresh(TenantId.DEFAULT));

        assertThat(service.initialisations(ID)).isEqualTo(1);
    }

    @Test
    void a_plugin_that_cannot_be_initialised_has_failed_and_says_why() {
        service.install(TestPackages.of(
                "{\"lifecycle\": {\"initialize\": \"broken\"}}", TestModules.of(Export.failing("broken"))));

        ProblemException problem = problem(() -> service.enable(ID, EnableRequest.PLAIN));

        assertThat(problem.code()).isEqualTo(ProblemCode.INITIALIZE_FAILED);
        assertThat(service.stored(ID).state())
                .isEqualTo(new PluginState.Failed("plugin `resizer` failed in `broken`: returned 7"));
        assertThat(service.served(ID)).isEmpty();
        assertThat(service.store.audit().getLast().action()).isEqualTo(AuditAction.PLUGIN_ENABLE_FAILED);
    }

    @Test
    void an_initialize_that_never_ends_is_stopped_and_the_next_plugin_is_unaffected() {
        service.install(TestPackages.of(
                "{\"lifecycle\": {\"initialize\": \"loop\"}, \"resource_limits\": {\"fuel\": 100000}}",
                TestModules.of(Export.looping("loop"))));

        ProblemException problem = problem(() -> service.enable(ID, EnableRequest.PLAIN));

        assertThat(problem.facts()).containsEntry(FactKey.TRAP, "fuel-exhausted");
        assertThat(service.serve(TestPackages.of("{\"id\": \"other\"}", TestPackages.QUIET))
                        .state())
                .isEqualTo(new PluginState.Enabled());
    }

    @Test
    void a_module_that_cannot_even_be_instantiated_has_failed() {
        service.install(TestPackages.of("{}", TestModules.brokenStart()));

        ProblemException problem = problem(() -> service.enable(ID, EnableRequest.PLAIN));

        assertThat(problem.detail()).startsWith("plugin `resizer` failed in instantiation: aborted");
        assertThat(service.stored(ID).state()).isInstanceOf(PluginState.Failed.class);
    }

    @Test
    void a_failed_plugin_can_be_enabled_again() {
        service.install(TestPackages.of(
                "{\"lifecycle\": {\"initialize\": \"broken\"}}", TestModules.of(Export.failing("broken"))));
        problem(() -> service.enable(ID, EnableRequest.PLAIN));
        service.install(TestPackages.of("{\"version\": \"1.0.1\"}", TestPackages.QUIET));

        assertThat(service.enable(ID, EnableRequest.PLAIN).state()).isEqualTo(new PluginState.Enabled());
    }

    @Test
    void what_lacks_capacity_has_not_failed_for_good() {
        SandboxConfig tiny =
                SandboxConfig.ofThisMachine().withMemory(MemorySize.ZERO).withMemoryPatience(Duration.ZERO);
        TestService crowded = service.with(service.data, tiny);
        crowded.install(TestPackages.of("{}", TestPackages.QUIET));

        ProblemException problem = problem(() -> crowded.enable(ID, EnableRequest.PLAIN));

        assertThat(problem.code()).isEqualTo(ProblemCode.OVERLOADED);
        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Disabled());
    }

    // leases and races

    @Test
    void a_plugin_that_another_process_is_enabling_is_left_alone_until_its_lease_is_over() {
        Plugin plugin = service.install(TestPackages.of("{}", TestPackages.QUIET));
        leaseTo("another-process", plugin);

        ProblemException early = problem(() -> service.enable(ID, EnableRequest.PLAIN));
        int none = await(service.lifecycle.abandonExpired(TenantId.DEFAULT));
        service.clock.advance(PluginLifecycle.LEASE);
        Plugin enabled = service.enable(ID, EnableRequest.PLAIN);

        assertThat(early.code()).isEqualTo(ProblemCode.PLUGIN_STATE_CONFLICT);
        assertThat(none).isZero();
        assertThat(enabled.state()).isEqualTo(new PluginState.Enabled());
    }

    @Test
    void an_expired_lease_leads_back_to_disabled() {
        leaseTo("dead-process", service.install(TestPackages.of("{}", TestPackages.QUIET)));
        service.clock.advance(PluginLifecycle.LEASE);

        int abandoned = await(service.lifecycle.abandonExpired(TenantId.DEFAULT));

        assertThat(abandoned).isEqualTo(1);
        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Disabled());
    }

    @Test
    void an_enabling_that_was_taken_away_meanwhile_is_not_committed() {
        HookedKeyValueStore data = new HookedKeyValueStore(service.data);
        TestService slow = service.with(data, SandboxConfig.ofThisMachine());
        slow.install(TestPackages.of(TestPackages.ASKS_STORAGE, TestPackages.SAVES));
        data.beforeNextPut(() -> {
            Plugin enabling = service.stored(ID);
            await(service.store.replace(
                    enabling.with(new PluginState.Disabled()),
                    new AuditEntry(TestPackages.OPERATOR, AuditAction.PLUGIN_DISABLE, "plugin:resizer", Map.of())));
        });

        ProblemException problem = problem(() -> slow.enableAgreeing(ID, "[\"storage:write\"]"));

        assertThat(problem.code()).isEqualTo(ProblemCode.PLUGIN_STATE_CONFLICT);
        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Disabled());
        assertThat(slow.served(ID)).isEmpty();
    }

    @Test
    void an_enabled_plugin_is_enabled_again_only_as_it_is() {
        service.install(TestPackages.of(TestPackages.twoOptional("1.0.0"), TestPackages.QUIET));
        Plugin enabled = service.enableAgreeing(ID, "[\"storage:write\"]");

        assertThat(service.enable(ID, STORAGE)).isEqualTo(enabled);
        assertThat(problem(() -> service.enable(ID, EnableRequest.granting(json("[]"))))
                        .code())
                .isEqualTo(ProblemCode.PLUGIN_STATE_CONFLICT);
    }

    @Test
    void a_plugin_that_is_not_there_cannot_be_enabled_disabled_or_configured() {
        for (Runnable use : List.<Runnable>of(
                () -> service.enable(ID, EnableRequest.PLAIN),
                () -> service.disable(ID),
                () -> service.configure(ID, "{}", 1),
                () -> uninstall(ID))) {
            assertThat(problem(use).code()).isEqualTo(ProblemCode.PLUGIN_NOT_FOUND);
        }
    }

    @Test
    void a_database_that_is_down_is_told_as_that() {
        service.install(TestPackages.of("{}", TestPackages.QUIET));
        service.store.setDown(true);

        ProblemException problem = problem(() -> service.enable(ID, EnableRequest.PLAIN));
        service.store.setDown(false);

        assertThat(problem.code()).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);
        assertThat(service.enable(ID, EnableRequest.PLAIN).state()).isEqualTo(new PluginState.Enabled());
    }

    // dependencies

    @Test
    void a_plugin_is_enabled_only_while_what_it_depends_on_is() {
        Plugin needed = service.install(
                TestPackages.of("{\"id\": \"dictionary\", \"version\": \"1.4.0\"}", TestPackages.QUIET));
        service.install(TestPackages.of("{\"dependencies\": {\"dictionary\": \"^1.2.0\"}}", TestPackages.QUIET));

        ProblemException missing = problem(() -> service.enable(ID, EnableRequest.PLAIN));
        service.enable(needed.id(), EnableRequest.PLAIN);

        assertThat(missing.code()).isEqualTo(ProblemCode.PLUGIN_STATE_CONFLICT);
        assertThat(missing.detail())
                .isEqualTo(
                        "plugin `resizer` 1.0.0 cannot serve as things are: enable first, in this order: `dictionary` 1.4.0");
        assertThat(service.enable(ID, EnableRequest.PLAIN).state()).isEqualTo(new PluginState.Enabled());
    }

    @Test
    void a_dependency_of_another_version_is_none() {
        service.serve(TestPackages.of("{\"id\": \"dictionary\", \"version\": \"2.0.0\"}", TestPackages.QUIET));
        service.install(TestPackages.of("{\"dependencies\": {\"dictionary\": \"^1.2.0\"}}", TestPackages.QUIET));

        assertThat(problem(() -> service.enable(ID, EnableRequest.PLAIN)).detail())
                .endsWith("`dictionary` 2.0.0 does not fit: `resizer` needs ^1.2.0");
    }

    @Test
    void a_plugin_that_an_enabled_one_depends_on_is_neither_disabled_nor_uninstalled() {
        PluginId dictionary = service.serve(TestPackages.of("{\"id\": \"dictionary\"}", TestPackages.QUIET))
                .id();
        service.serve(TestPackages.of("{\"dependencies\": {\"dictionary\": \"^1.0.0\"}}", TestPackages.QUIET));

        ProblemException problem = problem(() -> uninstall(dictionary));
        ProblemException disabling = problem(() -> service.disable(dictionary));
        service.disable(ID);
        uninstall(dictionary);

        assertThat(problem.code()).isEqualTo(ProblemCode.PLUGIN_STATE_CONFLICT);
        assertThat(disabling.detail())
                .isEqualTo(
                        "plugin `dictionary` is needed by plugins that are enabled; disable first, in this order: `resizer`");
        assertThat(await(service.store.find(TenantId.DEFAULT, dictionary))).isEmpty();
    }

    @Test
    void a_dependency_that_is_disabled_while_its_dependent_is_enabled_stops_that() {
        PluginId dictionary = service.serve(TestPackages.of("{\"id\": \"dictionary\"}", TestPackages.QUIET))
                .id();
        Plugin wanted = service.install(
                TestPackages.of("{\"dependencies\": {\"dictionary\": \"^1.0.0\"}}", TestPackages.QUIET));
        service.disable(dictionary);

        ProblemException problem = problem(() -> await(new StoredPlugins(service.store)
                .replace(
                        wanted.with(new PluginState.Enabled()),
                        StoredPlugins.stillServed(wanted),
                        StoredPlugins.audit(TestPackages.OPERATOR, AuditAction.PLUGIN_ENABLE, ID, Map.of()))));

        assertThat(problem.code()).isEqualTo(ProblemCode.PLUGIN_STATE_CONFLICT);
        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Installed());
    }

    // disable, uninstall

    @Test
    void a_disabled_plugin_does_not_serve_and_keeps_its_grants() {
        service.install(TestPackages.of(TestPackages.twoOptional("1.0.0"), TestPackages.QUIET));
        service.enableAgreeing(ID, "[\"storage:write\"]");

        Plugin disabled = service.disable(ID);

        assertThat(disabled.state()).isEqualTo(new PluginState.Disabled());
        assertThat(disabled.grants()).isEqualTo(Grants.of(PermissionName.STORAGE_WRITE));
        assertThat(service.served(ID)).isEmpty();
        assertThat(service.disable(ID)).isEqualTo(disabled);
    }

    @Test
    void cleanup_runs_at_disable() {
        service.install(TestPackages.of(
                "{\"permissions\": [\"storage:write\"], \"lifecycle\": {\"cleanup\": \"save\"}}", TestPackages.SAVES));
        service.enableAgreeing(ID, "[\"storage:write\"]");
        assertThat(service.initialisations(ID)).isZero();

        service.disable(ID);

        assertThat(service.initialisations(ID)).isEqualTo(1);
    }

    @Test
    void a_cleanup_that_fails_or_never_ends_blocks_nothing() {
        for (Export cleanup : List.of(Export.failing("clean"), Export.looping("clean"))) {
            service.serve(TestPackages.of(
                    "{\"lifecycle\": {\"cleanup\": \"clean\"}, \"resource_limits\": {\"fuel\": 100000}}",
                    TestModules.of(cleanup)));

            assertThat(service.disable(ID).state()).isEqualTo(new PluginState.Disabled());
            uninstall(ID);
            assertThat(await(service.store.find(TenantId.DEFAULT, ID))).isEmpty();
        }
    }

    @Test
    void uninstalling_disables_first() {
        service.serve(TestPackages.of("{}", TestPackages.QUIET));

        uninstall(ID);

        assertThat(service.served(ID)).isEmpty();
        assertThat(service.store.audit())
                .extracting(AuditEntry::action)
                .endsWith(AuditAction.PLUGIN_DISABLE, AuditAction.PLUGIN_UNINSTALL);
    }

    private void leaseTo(String process, Plugin plugin) {
        PluginState enabling =
                new PluginState.Enabling(process, service.clock.instant().plus(PluginLifecycle.LEASE));
        await(service.store.replace(
                plugin.with(enabling),
                new AuditEntry(TestPackages.OPERATOR, AuditAction.PLUGIN_ENABLE, "plugin:resizer", Map.of())));
    }

    private void uninstall(PluginId id) {
        await(service.lifecycle.uninstall(id, DataOnRemoval.DELETE, TestPackages.OPERATOR));
    }
}
