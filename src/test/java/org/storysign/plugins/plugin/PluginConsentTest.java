package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.json;
import static org.storysign.plugins.plugin.TestService.problem;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** What a plugin may be given, by whom it must be agreed to, and at which level. */
class PluginConsentTest {

    private static final PluginId ID = new PluginId("resizer");
    private static final EnableRequest STORAGE = EnableRequest.granting(json("[\"storage:write\"]"));

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
        Plugin installed = service.install(TestPackages.of(TestPackages.ASKS_STORAGE, TestPackages.SAVES));

        ProblemException problem = problem(() -> service.enable(ID, STORAGE));

        assertThat(problem.code()).isEqualTo(ProblemCode.CONSENT_REQUIRED);
        assertThat(problem.facts().get(FactKey.DIFFERENCE)).isEqualTo(List.of("can write its own stored keys"));
        assertThat(String.valueOf(problem.facts().get(FactKey.CONSENT))).matches("[0-9a-f]{32}");
        assertThat(service.stored(ID)).isEqualTo(installed);
        assertThat(service.initialisations(ID)).isZero();
    }

    @Test
    void the_same_call_with_the_consents_id_enables_and_the_audit_keeps_what_was_agreed_to() {
        service.install(TestPackages.of(TestPackages.ASKS_STORAGE, TestPackages.SAVES));
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
        service.install(TestPackages.of(TestPackages.ASKS_STORAGE, TestPackages.SAVES));

        ProblemException problem = problem(() -> service.enable(ID, STORAGE.withConsent("0".repeat(32))));

        assertThat(problem.code()).isEqualTo(ProblemCode.CONSENT_REQUIRED);
    }

    @Test
    void a_consent_to_less_is_no_consent_to_more() {
        service.install(TestPackages.of(TestPackages.twoOptional("1.0.0"), TestPackages.QUIET));
        String less = consentFor(STORAGE);

        ProblemException problem = problem(() -> service.enable(
                ID,
                EnableRequest.granting(json("[\"storage:write\", \"read:user_data\"]"))
                        .withConsent(less)));

        assertThat(problem.code()).isEqualTo(ProblemCode.CONSENT_REQUIRED);
    }

    @Test
    void a_consent_to_one_package_is_none_to_another() {
        service.install(TestPackages.of(TestPackages.twoOptional("1.0.0"), TestPackages.QUIET));
        String old = consentFor(STORAGE);
        service.install(TestPackages.of(TestPackages.twoOptional("1.1.0"), TestPackages.QUIET));

        ProblemException problem = problem(() -> service.enable(ID, STORAGE.withConsent(old)));

        assertThat(problem.code()).isEqualTo(ProblemCode.CONSENT_REQUIRED);
    }

    @Test
    void after_a_consent_the_same_and_less_need_none_and_more_does() {
        service.install(TestPackages.of(TestPackages.twoOptional("1.0.0"), TestPackages.QUIET));
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
        service.install(TestPackages.of(TestPackages.twoOptional("1.0.0"), TestPackages.QUIET));
        service.enableAgreeing(ID, "[\"storage:write\"]");
        service.disable(ID);
        service.enable(ID, EnableRequest.granting(json("[]")));
        service.disable(ID);

        assertThat(problem(() -> service.enable(ID, STORAGE)).code()).isEqualTo(ProblemCode.CONSENT_REQUIRED);
    }

    @Test
    void a_new_release_that_asks_for_no_more_needs_no_new_consent() {
        service.install(TestPackages.of(TestPackages.twoOptional("1.0.0"), TestPackages.QUIET));
        service.enableAgreeing(ID, "[\"storage:write\"]");
        service.disable(ID);
        service.install(TestPackages.of(TestPackages.twoOptional("1.1.0"), TestPackages.QUIET));

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
        Plugin installed = service.install(TestPackages.of(TestPackages.ASKS_STORAGE, TestPackages.SAVES));

        ProblemException problem = problem(() -> service.enable(ID, EnableRequest.granting(json("[]"))));

        assertThat(problem.code()).isEqualTo(ProblemCode.PERMISSION_NOT_GRANTED);
        assertThat(problem.detail()).contains("storage:write");
        assertThat(service.stored(ID)).isEqualTo(installed);
    }

    @Test
    void an_import_whose_permission_was_never_asked_for_stops_the_enable_by_name() {
        Plugin installed = service.install(TestPackages.of("{}", TestPackages.SAVES));

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
        service.install(TestPackages.of(TestPackages.twoOptional("1.0.0"), TestPackages.SAVES));
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
        service.install(
                TestPackages.of("{\"sandbox_config\": {\"security_level\": \"isolated\"}}", TestPackages.QUIET));

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

    private String consentFor(EnableRequest request) {
        return String.valueOf(problem(() -> service.enable(ID, request)).facts().get(FactKey.CONSENT));
    }
}
