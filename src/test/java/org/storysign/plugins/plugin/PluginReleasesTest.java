package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.await;
import static org.storysign.plugins.plugin.TestService.json;
import static org.storysign.plugins.plugin.TestService.problem;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.plugin.PluginReleases.Activation;
import org.storysign.plugins.plugin.ReleaseStanding.State;
import org.storysign.plugins.plugin.TestModules.Export;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Going from release to release, forward and back. */
class PluginReleasesTest {

    private static final PluginId ID = new PluginId("resizer");
    private static final String HOSTS =
            "{\"version\": \"%s\", \"permissions\": [{\"name\": \"network:access\", \"hosts\": [%s]}]}";

    private final TestService service = new TestService();

    // waiting

    @Test
    void a_release_beside_one_that_serves_waits_and_is_ready_when_it_asks_for_no_more() {
        service.serve(TestPackages.of("{}", answering("one")));

        service.install(TestPackages.of("{\"version\": \"2.0.0\"}", answering("two")));

        assertThat(TestCalls.output(service, ID, "run")).isEqualTo("one");
        assertThat(service.standing(ID, "2.0.0").state()).isEqualTo(State.READY);
        assertThat(service.standing(ID, "1.0.0").active()).isTrue();
    }

    @Test
    void a_release_that_asks_for_more_awaits_consent_and_says_to_what_while_the_old_one_serves() {
        service.serve(TestPackages.of("{}", answering("one")));
        service.install(
                TestPackages.of("{\"version\": \"2.0.0\", \"permissions\": [\"storage:read\"]}", answering("two")));

        ReleaseStanding standing = service.standing(ID, "2.0.0");
        ProblemException refused = problem(() -> service.activate(ID, "2.0.0", EnableRequest.PLAIN));

        assertThat(standing.state()).isEqualTo(State.AWAITING_CONSENT);
        assertThat(standing.difference()).containsExactly("can read its own stored keys");
        assertThat(refused.code()).isEqualTo(ProblemCode.CONSENT_REQUIRED);
        assertThat(refused.facts().get(FactKey.DIFFERENCE)).isEqualTo(standing.difference());
        assertThat(refused.facts().get(FactKey.CONSENT))
                .isEqualTo(standing.consent().orElseThrow());
        assertThat(TestCalls.output(service, ID, "run")).isEqualTo("one");
        assertThat(service.stored(ID).grants()).isEqualTo(Grants.NONE);
    }

    @Test
    void a_release_that_nobody_may_be_given_is_blocked_and_says_why() {
        service.serve(TestPackages.of("{}", answering("one")));
        service.install(TestPackages.of(
                "{\"version\": \"2.0.0\", \"sandbox_config\": {\"security_level\": \"strict\"}}", answering("two")));

        ReleaseStanding standing = service.standing(ID, "2.0.0");

        assertThat(standing.state()).isEqualTo(State.BLOCKED);
        assertThat(standing.reason().orElseThrow()).contains("the package is not signed");
    }

    // forward and back

    @Test
    void a_widening_upgrade_serves_once_it_was_agreed_to_and_goes_back_in_one_call() {
        service.serve(TestPackages.of("{}", answering("one")));
        service.install(
                TestPackages.of("{\"version\": \"2.0.0\", \"permissions\": [\"storage:read\"]}", answering("two")));
        String consent = service.standing(ID, "2.0.0").consent().orElseThrow();

        Plugin upgraded = service.activate(ID, "2.0.0", EnableRequest.PLAIN.withConsent(consent));

        assertThat(upgraded.state()).isEqualTo(new PluginState.Enabled());
        assertThat(upgraded.grants()).isEqualTo(Grants.of(PermissionName.STORAGE_READ));
        assertThat(TestCalls.output(service, ID, "run")).isEqualTo("two");

        Plugin back = service.activate(ID, "1.0.0", EnableRequest.PLAIN);

        assertThat(back.grants()).isEqualTo(Grants.NONE);
        assertThat(TestCalls.output(service, ID, "run")).isEqualTo("one");
        assertThat(service.store.audit())
                .extracting(AuditEntry::action)
                .containsSubsequence(
                        AuditAction.CONSENT_GIVE,
                        AuditAction.RELEASE_ACTIVATE,
                        AuditAction.RELEASE_ACTIVATE,
                        AuditAction.RELEASE_ACTIVATE);
    }

    @Test
    void the_consent_to_one_release_is_none_to_the_next() {
        service.serve(TestPackages.of("{}", answering("one")));
        service.install(
                TestPackages.of("{\"version\": \"2.0.0\", \"permissions\": [\"storage:read\"]}", answering("two")));
        service.install(
                TestPackages.of("{\"version\": \"3.0.0\", \"permissions\": [\"storage:read\"]}", answering("three")));
        String consent = service.standing(ID, "2.0.0").consent().orElseThrow();

        assertThat(problem(() -> service.activate(ID, "3.0.0", EnableRequest.PLAIN.withConsent(consent)))
                        .code())
                .isEqualTo(ProblemCode.CONSENT_REQUIRED);
    }

    @Test
    void a_grant_that_was_taken_away_does_not_come_back_with_an_old_release() {
        service.install(TestPackages.of(TestPackages.twoOptional("1.0.0"), TestPackages.QUIET));
        service.enableAgreeing(ID, "[\"storage:write\", \"read:user_data\"]");
        service.install(TestPackages.of(TestPackages.twoOptional("2.0.0"), TestPackages.QUIET));
        service.activate(ID, "2.0.0", EnableRequest.granting(json("[\"storage:write\"]")));

        Plugin back = service.activate(ID, "1.0.0", EnableRequest.PLAIN);

        assertThat(back.grants()).isEqualTo(Grants.of(PermissionName.STORAGE_WRITE));
    }

    @Test
    void a_host_that_was_refused_stays_refused_and_a_new_one_is_asked_for() {
        service.install(TestPackages.of(HOSTS.formatted("1.0.0", "\"a.example\", \"b.example\""), TestPackages.QUIET));
        service.enableAgreeing(ID, "[{\"name\": \"network:access\", \"hosts\": [\"a.example\"]}]");
        service.install(TestPackages.of(
                HOSTS.formatted("2.0.0", "\"a.example\", \"b.example\", \"c.example\""), TestPackages.QUIET));

        ReleaseStanding standing = service.standing(ID, "2.0.0");
        Plugin upgraded = service.activate(
                ID, "2.0.0", EnableRequest.PLAIN.withConsent(standing.consent().orElseThrow()));

        assertThat(standing.difference()).containsExactly("can send data to c.example and read the answers (GET)");
        assertThat(upgraded.grants().hosts()).containsExactlyInAnyOrder("a.example", "c.example");
        assertThat(service.activate(ID, "1.0.0", EnableRequest.PLAIN).grants().hosts())
                .containsExactly("a.example");
    }

    @Test
    void a_level_that_somebody_chose_is_asked_for_again() {
        service.install(TestPackages.of("{}", TestPackages.QUIET));
        EnableRequest minimal =
                new EnableRequest(Optional.empty(), Optional.empty(), Optional.of(SecurityLevel.MINIMAL));
        String consent = String.valueOf(
                problem(() -> service.enable(ID, minimal)).facts().get(FactKey.CONSENT));
        service.enable(ID, minimal.withConsent(consent));
        service.install(TestPackages.of("{\"version\": \"2.0.0\"}", TestPackages.QUIET));

        assertThat(service.standing(ID, "2.0.0").difference())
                .containsExactly("runs at level `minimal`, with larger limits than `standard`");
    }

    @Test
    void a_preview_shows_the_plugin_as_it_would_be_and_changes_nothing() {
        Plugin serving = service.serve(TestPackages.of("{}", answering("one")));
        service.install(TestPackages.of(
                "{\"version\": \"2.0.0\", \"permissions\": [\"storage:write\"], \"lifecycle\": {\"initialize\": \"save\"}}",
                TestPackages.SAVES));
        String consent = service.standing(ID, "2.0.0").consent().orElseThrow();
        Activation wanted = new Activation(
                Version.parse("2.0.0").orElseThrow(), EnableRequest.PLAIN.withConsent(consent), serving.revision());

        Plugin preview = await(service.releases.preview(ID, wanted, TestPackages.OPERATOR));

        assertThat(preview.active().manifest().version().value()).isEqualTo("2.0.0");
        assertThat(preview.grants()).isEqualTo(Grants.of(PermissionName.STORAGE_WRITE));
        assertThat(service.stored(ID)).isEqualTo(serving);
        assertThat(service.initialisations(ID)).isZero();
    }

    // what goes wrong leaves what serves

    @Test
    void a_release_that_cannot_be_initialised_leaves_the_old_one_serving() {
        service.serve(TestPackages.of("{}", answering("one")));
        service.install(TestPackages.of(
                "{\"version\": \"2.0.0\", \"lifecycle\": {\"initialize\": \"broken\"}}",
                TestModules.of(Export.failing("broken"), Export.quiet("run"))));

        ProblemException problem = problem(() -> service.activate(ID, "2.0.0", EnableRequest.PLAIN));

        assertThat(problem.code()).isEqualTo(ProblemCode.INITIALIZE_FAILED);
        assertThat(TestCalls.output(service, ID, "run")).isEqualTo("one");
        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Enabled());
        assertThat(service.stored(ID).active().manifest().version().value()).isEqualTo("1.0.0");
        assertThat(service.store.audit().getLast().action()).isEqualTo(AuditAction.RELEASE_ACTIVATE_FAILED);
    }

    @Test
    void a_release_whose_schema_the_configuration_does_not_fit_is_refused_before_anything_runs() {
        service.serve(TestPackages.of("{}", answering("one")));
        service.install(TestPackages.of("""
                {"version": "2.0.0", "config_schema": {"type": "object", "required": ["word"]}}
                """, answering("two")));

        assertThat(problem(() -> service.activate(ID, "2.0.0", EnableRequest.PLAIN))
                        .code())
                .isEqualTo(ProblemCode.CONFIG_INVALID);
        assertThat(TestCalls.output(service, ID, "run")).isEqualTo("one");
    }

    @Test
    void a_release_that_an_enabled_plugin_does_not_fit_is_refused() {
        service.serve(TestPackages.of("{}", answering("one")));
        service.serve(TestPackages.of(
                "{\"id\": \"gallery\", \"dependencies\": {\"resizer\": \"^1.0.0\"}}", TestPackages.QUIET));
        service.install(TestPackages.of("{\"version\": \"2.0.0\"}", answering("two")));

        ProblemException problem = problem(() -> service.activate(ID, "2.0.0", EnableRequest.PLAIN));

        assertThat(problem.code()).isEqualTo(ProblemCode.PLUGIN_STATE_CONFLICT);
        assertThat(problem.detail())
                .isEqualTo(
                        "plugin `resizer` 2.0.0 cannot serve as things are: `resizer` 2.0.0 does not fit: `gallery` needs ^1.0.0");
    }

    @Test
    void an_unknown_release_an_old_revision_and_a_plugin_that_is_being_enabled_are_refused() {
        Plugin serving = service.serve(TestPackages.of("{}", answering("one")));
        service.install(TestPackages.of("{\"version\": \"2.0.0\"}", answering("two")));

        assertThat(problem(() -> service.activate(ID, "9.0.0", EnableRequest.PLAIN))
                        .detail())
                .isEqualTo("plugin `resizer` has no release `9.0.0`; it has 1.0.0, 2.0.0");
        Activation stale =
                new Activation(Version.parse("2.0.0").orElseThrow(), EnableRequest.PLAIN, serving.revision() - 1);
        assertThat(problem(() -> await(service.releases.activate(ID, stale, TestPackages.OPERATOR)))
                        .code())
                .isEqualTo(ProblemCode.PRECONDITION_FAILED);
    }

    @Test
    void of_two_who_activate_at_once_one_is_told_to_look_again() {
        Plugin serving = service.serve(TestPackages.of("{}", answering("one")));
        service.install(TestPackages.of("{\"version\": \"2.0.0\"}", answering("two")));
        service.install(TestPackages.of("{\"version\": \"3.0.0\"}", answering("three")));
        service.activate(ID, "2.0.0", EnableRequest.PLAIN);

        Activation late = new Activation(Version.parse("3.0.0").orElseThrow(), EnableRequest.PLAIN, serving.revision());

        assertThat(problem(() -> await(service.releases.activate(ID, late, TestPackages.OPERATOR)))
                        .code())
                .isEqualTo(ProblemCode.PRECONDITION_FAILED);
        assertThat(TestCalls.output(service, ID, "run")).isEqualTo("two");
    }

    // plugins that do not serve

    @Test
    void a_disabled_plugin_changes_its_mind_and_is_asked_for_consent_when_it_is_enabled() {
        service.serve(TestPackages.of("{}", answering("one")));
        service.install(
                TestPackages.of("{\"version\": \"2.0.0\", \"permissions\": [\"storage:read\"]}", answering("two")));
        service.disable(ID);

        Plugin chosen = service.activate(ID, "2.0.0", EnableRequest.PLAIN);

        assertThat(chosen.state()).isEqualTo(new PluginState.Disabled());
        assertThat(chosen.active().manifest().version().value()).isEqualTo("2.0.0");
        assertThat(problem(() -> service.enable(ID, EnableRequest.granting(json("[\"storage:read\"]"))))
                        .code())
                .isEqualTo(ProblemCode.CONSENT_REQUIRED);
    }

    @Test
    void grants_for_a_plugin_that_does_not_serve_are_refused_and_not_forgotten() {
        service.serve(TestPackages.of("{}", answering("one")));
        service.install(TestPackages.of("{\"version\": \"2.0.0\"}", answering("two")));
        service.disable(ID);

        assertThat(problem(() -> service.activate(ID, "2.0.0", EnableRequest.granting(json("[]"))))
                        .detail())
                .isEqualTo("plugin `resizer` is disabled; grants, consent and level are given when it is enabled");
    }

    @Test
    void the_active_release_again_changes_nothing() {
        Plugin serving = service.serve(TestPackages.of("{}", answering("one")));

        assertThat(service.activate(ID, "1.0.0", EnableRequest.PLAIN)).isEqualTo(serving);
        assertThat(service.releases.list(TenantId.DEFAULT, ID).await().indefinitely())
                .extracting(ReleaseStanding::state)
                .isEqualTo(List.of(State.READY));
    }

    /** Answers a text. */
    private static String answering(String text) {
        return """
                (module
                  (import "extism:host/env" "alloc" (func $alloc (param i64) (result i64)))
                  (import "extism:host/env" "store_u8" (func $store (param i64 i32)))
                  (import "extism:host/env" "output_set" (func $output (param i64 i64)))
                  (memory (export "memory") 1)
                  (func (export "run") (result i32)
                    (local $at i64)
                    (local.set $at (call $alloc (i64.const %d)))
                    %s
                    (call $output (local.get $at) (i64.const %d))
                    (i32.const 0)))
                """.formatted(text.length(), stores(text), text.length());
    }

    private static String stores(String text) {
        StringBuilder stores = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            stores.append("(call $store (i64.add (local.get $at) (i64.const %d)) (i32.const %d))\n"
                    .formatted(i, (int) text.charAt(i)));
        }
        return stores.toString();
    }
}
