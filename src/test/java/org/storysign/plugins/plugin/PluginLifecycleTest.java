package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.await;
import static org.storysign.plugins.plugin.TestService.json;
import static org.storysign.plugins.plugin.TestService.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.StoredValue;
import org.storysign.plugins.plugin.PluginStore.DataOnRemoval;
import org.storysign.plugins.plugin.TestModules.Export;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;
import org.storysign.plugins.sandbox.SandboxConfig;

class PluginLifecycleTest {

    private static final PluginId ID = new PluginId("resizer");
    private static final EnableRequest STORAGE = EnableRequest.granting(json("[\"storage:write\"]"));
    private static final String ASKS_STORAGE =
            "{\"permissions\": [\"storage:write\"], \"lifecycle\": {\"initialize\": \"save\"}}";
    private static final String SAVES =
            TestModules.saving("save", "{\"key\":\"initialised\",\"value\":1}", Export.quiet("run"));

    private final TestService service = new TestService();

    // consent

    @Test
    void a_plugin_that_asks_for_nothing_is_enabled_without_consent() {
        service.install(TestPackages.of("{}", TestPackages.QUIET));

        Plugin enabled = service.enable(ID, EnableRequest.PLAIN);

        assertThat(enabled.state()).isEqualTo(new PluginState.Enabled());
        assertThat(enabled.consent()).isEmpty();
        assertThat(service.served(ID)).isPresent();
    }

    @Test
    void the_first_enable_that_grants_something_needs_consent_and_changes_nothing_without() {
        Plugin installed = service.install(TestPackages.of(ASKS_STORAGE, SAVES));

        ProblemException problem = problem(() -> service.enable(ID, STORAGE));

        assertThat(problem.code()).isEqualTo(ProblemCode.CONSENT_REQUIRED);
        assertThat(problem.facts().get(FactKey.DIFFERENCE)).isEqualTo(List.of("can write its own stored keys"));
        assertThat(String.valueOf(problem.facts().get(FactKey.CONSENT))).matches("[0-9a-f]{32}");
        assertThat(service.stored(ID)).isEqualTo(installed);
        assertThat(initialisations()).isZero();
    }

    @Test
    void the_same_call_with_the_consents_id_enables_and_the_audit_keeps_what_was_agreed_to() {
        service.install(TestPackages.of(ASKS_STORAGE, SAVES));
        String consent = consentFor(STORAGE);

        Plugin enabled = service.enable(ID, STORAGE.withConsent(consent));

        assertThat(enabled.grants()).isEqualTo(Grants.of(PermissionName.STORAGE_WRITE));
        assertThat(enabled.consent()).contains(consent);
        assertThat(service.store.audit())
                .extracting(AuditEntry::action)
                .containsExactly(AuditAction.PLUGIN_INSTALL, AuditAction.CONSENT_GIVE, AuditAction.PLUGIN_ENABLE);
        assertThat(service.store.audit().get(1).facts())
                .containsEntry("consent", consent)
                .containsEntry("difference", List.of("can write its own stored keys"));
    }

    @Test
    void an_invented_consent_is_none() {
        service.install(TestPackages.of(ASKS_STORAGE, SAVES));

        ProblemException problem = problem(() -> service.enable(ID, STORAGE.withConsent("0".repeat(32))));

        assertThat(problem.code()).isEqualTo(ProblemCode.CONSENT_REQUIRED);
    }

    @Test
    void a_consent_to_less_is_no_consent_to_more() {
        service.install(TestPackages.of(twoOptional("1.0.0"), TestPackages.QUIET));
        String less = consentFor(STORAGE);

        ProblemException problem = problem(() -> service.enable(
                ID,
                EnableRequest.granting(json("[\"storage:write\", \"read:user_data\"]"))
                        .withConsent(less)));

        assertThat(problem.code()).isEqualTo(ProblemCode.CONSENT_REQUIRED);
    }

    @Test
    void a_consent_to_one_package_is_none_to_another() {
        service.install(TestPackages.of(twoOptional("1.0.0"), TestPackages.QUIET));
        String old = consentFor(STORAGE);
        service.install(TestPackages.of(twoOptional("1.1.0"), TestPackages.QUIET));

        ProblemException problem = problem(() -> service.enable(ID, STORAGE.withConsent(old)));

        assertThat(problem.code()).isEqualTo(ProblemCode.CONSENT_REQUIRED);
    }

    @Test
    void after_a_consent_the_same_and_less_need_none_and_more_does() {
        service.install(TestPackages.of(twoOptional("1.0.0"), TestPackages.QUIET));
        service.enableAgreeing(ID, "[\"storage:write\"]");
        service.disable(ID);

        assertThat(service.enable(ID, STORAGE).state()).isEqualTo(new PluginState.Enabled());
        service.disable(ID);
        assertThat(service.enable(ID, EnableRequest.PLAIN).grants()).isEqualTo(Grants.of(PermissionName.STORAGE_WRITE));
        service.disable(ID);
        assertThat(problem(() -> service.enable(
                                ID, EnableRequest.granting(json("[\"storage:write\", \"read:user_data\"]"))))
                        .facts()
                        .get(FactKey.DIFFERENCE))
                .isEqualTo(List.of("can read users' profiles, progress, content and analytics"));
        assertThat(service.enable(ID, EnableRequest.granting(json("[]"))).grants())
                .isEqualTo(Grants.NONE);
    }

    @Test
    void what_was_given_up_needs_consent_again() {
        service.install(TestPackages.of(twoOptional("1.0.0"), TestPackages.QUIET));
        service.enableAgreeing(ID, "[\"storage:write\"]");
        service.disable(ID);
        service.enable(ID, EnableRequest.granting(json("[]")));
        service.disable(ID);

        assertThat(problem(() -> service.enable(ID, STORAGE)).code()).isEqualTo(ProblemCode.CONSENT_REQUIRED);
    }

    @Test
    void a_new_release_that_asks_for_no_more_needs_no_new_consent() {
        service.install(TestPackages.of(twoOptional("1.0.0"), TestPackages.QUIET));
        service.enableAgreeing(ID, "[\"storage:write\"]");
        service.disable(ID);
        service.install(TestPackages.of(twoOptional("1.1.0"), TestPackages.QUIET));

        Plugin enabled = service.enable(ID, STORAGE);

        assertThat(enabled.active().manifest().version().value()).isEqualTo("1.1.0");
    }

    @Test
    void a_public_endpoint_needs_consent_once() {
        service.install(TestPackages.of("""
                {"api_endpoints": [{"name": "a", "path": "/stats", "method": "GET", "handler": "run", "auth": "public"}]}
                """, TestPackages.QUIET));

        ProblemException problem = problem(() -> service.enable(ID, EnableRequest.PLAIN));
        service.enableAgreeing(ID, "[]");
        service.disable(ID);

        assertThat(problem.facts().get(FactKey.DIFFERENCE)).isEqualTo(List.of("answers anybody at GET /stats"));
        assertThat(service.enable(ID, EnableRequest.PLAIN).state()).isEqualTo(new PluginState.Enabled());
    }

    // grants

    @Test
    void a_required_permission_that_is_not_granted_stops_the_enable() {
        Plugin installed = service.install(TestPackages.of(ASKS_STORAGE, SAVES));

        ProblemException problem = problem(() -> service.enable(ID, EnableRequest.granting(json("[]"))));

        assertThat(problem.code()).isEqualTo(ProblemCode.PERMISSION_NOT_GRANTED);
        assertThat(problem.detail()).contains("storage:write");
        assertThat(service.stored(ID)).isEqualTo(installed);
    }

    @Test
    void an_import_whose_permission_was_never_asked_for_stops_the_enable_by_name() {
        Plugin installed = service.install(TestPackages.of("{}", SAVES));

        ProblemException problem = problem(() -> service.enable(ID, EnableRequest.PLAIN));

        assertThat(problem.code()).isEqualTo(ProblemCode.PERMISSION_NOT_GRANTED);
        assertThat(problem.detail())
                .isEqualTo(
                        "import `extism:host/user.storage_set` needs permission `storage:write` or `write:user_data`,"
                                + " which plugin `resizer` 1.0.0 was not granted");
        assertThat(service.stored(ID)).isEqualTo(installed);
    }

    @Test
    void a_refused_optional_permission_answers_permission_denied_and_the_plugin_serves() {
        service.install(TestPackages.of(twoOptional("1.0.0"), SAVES));
        service.enable(ID, EnableRequest.granting(json("[]")));

        assertThat(service.served(ID)).isPresent();
        assertThat(TestCalls.output(service, ID, "save")).startsWith("{\"error\":{\"code\":\"permission-denied\"");
    }

    // levels

    @Test
    void a_looser_level_needs_consent() {
        service.install(TestPackages.of("{\"sandbox_config\": {\"security_level\": \"minimal\"}}", TestPackages.QUIET));
        EnableRequest minimal =
                new EnableRequest(Optional.empty(), Optional.empty(), Optional.of(SecurityLevel.MINIMAL));

        assertThat(service.enable(ID, EnableRequest.PLAIN).level()).isEqualTo(SecurityLevel.STANDARD);
        service.disable(ID);
        ProblemException problem = problem(() -> service.enable(ID, minimal));
        Plugin enabled = service.enable(
                ID, minimal.withConsent(String.valueOf(problem.facts().get(FactKey.CONSENT))));

        assertThat(problem.facts().get(FactKey.DIFFERENCE))
                .isEqualTo(List.of("runs at level `minimal`, with larger limits than `standard`"));
        assertThat(enabled.level()).isEqualTo(SecurityLevel.MINIMAL);
        assertThat(service.served(ID).orElseThrow().limits()).isEqualTo(SecurityLevel.MINIMAL.limits());
    }

    @Test
    void a_level_that_is_not_available_is_refused_and_never_run_unprotected() {
        service.install(TestPackages.of("{\"sandbox_config\": {\"security_level\": \"strict\"}}", TestPackages.QUIET));

        assertThat(problem(() -> service.enable(ID, EnableRequest.PLAIN)).code())
                .isEqualTo(ProblemCode.LEVEL_UNAVAILABLE);
        assertThat(problem(() -> service.enable(
                                ID,
                                new EnableRequest(
                                        Optional.empty(), Optional.empty(), Optional.of(SecurityLevel.ISOLATED))))
                        .code())
                .isEqualTo(ProblemCode.LEVEL_UNAVAILABLE);
        assertThat(service.served(ID)).isEmpty();
    }

    @Test
    void a_stricter_level_that_the_manifest_asks_for_is_loosened_only_with_consent() {
        service.install(TestPackages.of("{\"sandbox_config\": {\"security_level\": \"strict\"}}", TestPackages.QUIET));

        ProblemException problem = problem(() -> service.enable(
                ID, new EnableRequest(Optional.empty(), Optional.empty(), Optional.of(SecurityLevel.STANDARD))));

        assertThat(problem.code()).isEqualTo(ProblemCode.CONSENT_REQUIRED);
    }

    @Test
    void the_network_is_never_granted_at_isolated_and_a_dangerous_pair_not_at_strict() {
        service.install(TestPackages.of("""
                {"permissions": ["read:user_data", "modify:ui", {"name": "network:access", "hosts": ["a.example"]}]}
                """, TestPackages.QUIET));
        String grants =
                "[\"read:user_data\", \"modify:ui\", {\"name\": \"network:access\", \"hosts\": [\"a.example\"]}]";

        for (SecurityLevel level : List.of(SecurityLevel.STRICT, SecurityLevel.ISOLATED)) {
            ProblemException problem = problem(() -> service.enable(
                    ID, new EnableRequest(Optional.of(json(grants)), Optional.empty(), Optional.of(level))));

            assertThat(problem.code()).isEqualTo(ProblemCode.PERMISSION_UNAVAILABLE);
            assertThat(problem.facts()).containsEntry(FactKey.LEVEL, level.publicName());
        }
    }

    @Test
    void a_manifest_lowers_limits_and_never_raises_them() {
        service.serve(TestPackages.of(
                "{\"resource_limits\": {\"memory_mib\": 4096, \"fuel\": 1000, \"execution_time_ms\": 3600000}}",
                TestPackages.QUIET));

        EnabledPlugin served = service.served(ID).orElseThrow();

        assertThat(served.limits().fuel().units()).isEqualTo(1_000);
        assertThat(served.limits().memory())
                .isEqualTo(SecurityLevel.STANDARD.limits().memory());
        assertThat(served.limits().runTime())
                .isEqualTo(SecurityLevel.STANDARD.limits().runTime());
    }

    // initialise

    @Test
    void initialize_runs_once_and_what_it_wrote_stays() {
        service.install(TestPackages.of(ASKS_STORAGE, SAVES));
        service.enableAgreeing(ID, "[\"storage:write\"]");

        await(service.catalog.refresh(TenantId.DEFAULT));
        await(service.anotherProcess().catalog.refresh(TenantId.DEFAULT));

        assertThat(initialisations()).isEqualTo(1);
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
                SandboxConfig.ofThisMachine().withMemory(MemorySize.ofMiB(1)).withMemoryPatience(Duration.ZERO);
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
        slow.install(TestPackages.of(ASKS_STORAGE, SAVES));
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
        service.install(TestPackages.of(twoOptional("1.0.0"), TestPackages.QUIET));
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
                .isEqualTo("plugin `resizer` depends on `dictionary` ^1.2.0, which is not enabled; enable it first");
        assertThat(service.enable(ID, EnableRequest.PLAIN).state()).isEqualTo(new PluginState.Enabled());
    }

    @Test
    void a_dependency_of_another_version_is_none() {
        service.serve(TestPackages.of("{\"id\": \"dictionary\", \"version\": \"2.0.0\"}", TestPackages.QUIET));
        service.install(TestPackages.of("{\"dependencies\": {\"dictionary\": \"^1.2.0\"}}", TestPackages.QUIET));

        assertThat(problem(() -> service.enable(ID, EnableRequest.PLAIN)).detail())
                .endsWith("depends on `dictionary` ^1.2.0, but 2.0.0 is enabled");
    }

    @Test
    void a_plugin_that_an_enabled_one_depends_on_is_not_uninstalled() {
        PluginId dictionary = service.serve(TestPackages.of("{\"id\": \"dictionary\"}", TestPackages.QUIET))
                .id();
        service.serve(TestPackages.of("{\"dependencies\": {\"dictionary\": \"^1.0.0\"}}", TestPackages.QUIET));

        ProblemException problem = problem(() -> uninstall(dictionary));
        service.disable(ID);
        uninstall(dictionary);

        assertThat(problem.code()).isEqualTo(ProblemCode.PLUGIN_STATE_CONFLICT);
        assertThat(await(service.store.find(TenantId.DEFAULT, dictionary))).isEmpty();
    }

    // disable, uninstall

    @Test
    void a_disabled_plugin_does_not_serve_and_keeps_its_grants() {
        service.install(TestPackages.of(twoOptional("1.0.0"), TestPackages.QUIET));
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
                "{\"permissions\": [\"storage:write\"], \"lifecycle\": {\"cleanup\": \"save\"}}", SAVES));
        service.enableAgreeing(ID, "[\"storage:write\"]");
        assertThat(initialisations()).isZero();

        service.disable(ID);

        assertThat(initialisations()).isEqualTo(1);
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

    // configuration

    private static final String WORDS = """
            {"config_schema": {"type": "object", "additionalProperties": false, "required": ["word"],
              "properties": {"word": {"type": "string"}, "mask": {"type": "string", "default": "*"},
                             "token": {"type": "string", "writeOnly": true}}}}
            """;

    @Test
    void a_configuration_is_kept_and_the_running_plugin_has_it_with_defaults() {
        service.install(TestPackages.of(WORDS, TestPackages.QUIET));
        service.configure(ID, "{\"word\": \"frog\"}", 1);
        service.enable(ID, EnableRequest.PLAIN);

        Plugin configured = service.configure(ID, "{\"word\": \"toad\"}", 2);

        assertThat(configured.configRevision()).isEqualTo(3);
        assertThat(service.served(ID).orElseThrow().plugin().config())
                .isEqualTo(json("{\"word\": \"toad\", \"mask\": \"*\"}"));
        assertThat(service.store.audit().getLast().facts()).containsEntry("keys", List.of("word"));
    }

    @Test
    void a_configuration_of_an_old_revision_is_refused() {
        service.install(TestPackages.of(WORDS, TestPackages.QUIET));
        service.configure(ID, "{\"word\": \"frog\"}", 1);

        ProblemException problem = problem(() -> service.configure(ID, "{\"word\": \"toad\"}", 1));

        assertThat(problem.code()).isEqualTo(ProblemCode.PRECONDITION_FAILED);
        assertThat(service.stored(ID).config()).isEqualTo(json("{\"word\": \"frog\"}"));
    }

    @Test
    void a_configuration_that_does_not_fit_is_refused_with_every_place() {
        service.install(TestPackages.of(WORDS, TestPackages.QUIET));

        ProblemException problem = problem(() -> service.configure(ID, "{\"word\": 7, \"mask\": 8}", 1));

        assertThat(problem.code()).isEqualTo(ProblemCode.CONFIG_INVALID);
        assertThat(problem.violations()).extracting(Violation::pointer).containsExactlyInAnyOrder("/word", "/mask");
        assertThat(service.stored(ID).configRevision()).isEqualTo(1);
    }

    @Test
    void a_secret_is_refused_until_secrets_can_be_kept() {
        service.install(TestPackages.of(WORDS, TestPackages.QUIET));

        ProblemException problem = problem(() -> service.configure(ID, "{\"word\": \"a\", \"token\": \"t\"}", 1));

        assertThat(problem.violations())
                .containsExactly(new Violation(
                        "/token",
                        "is a secret (`writeOnly`), and this version of the service does not keep secrets yet"));
    }

    @Test
    void a_configuration_of_more_than_64_kib_is_refused() {
        service.install(TestPackages.of(WORDS, TestPackages.QUIET));

        ProblemException problem =
                problem(() -> service.configure(ID, "{\"word\": \"" + "a".repeat(65_536) + "\"}", 1));

        assertThat(problem.code()).isEqualTo(ProblemCode.CONFIG_INVALID);
    }

    @Test
    void a_plugin_whose_configuration_is_incomplete_is_not_enabled() {
        Plugin installed = service.install(TestPackages.of(WORDS, TestPackages.QUIET));

        ProblemException problem = problem(() -> service.enable(ID, EnableRequest.PLAIN));

        assertThat(problem.code()).isEqualTo(ProblemCode.CONFIG_INVALID);
        assertThat(service.stored(ID)).isEqualTo(installed);
    }

    private static String twoOptional(String version) {
        return """
                {"version": "%s", "permissions": [{"name": "storage:write", "optional": true},
                                                  {"name": "read:user_data", "optional": true}]}
                """.formatted(version);
    }

    private String consentFor(EnableRequest request) {
        return String.valueOf(problem(() -> service.enable(ID, request)).facts().get(FactKey.CONSENT));
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

    /** How often the export {@code save} ran: each time writes one key, whose revision counts the writes. */
    private long initialisations() {
        DataOwner owner = new DataOwner(TenantId.DEFAULT, ID, Optional.empty());
        return service.data
                .get(owner, "initialised", Duration.ofSeconds(1))
                .map(StoredValue::revision)
                .orElse(0L);
    }
}
