package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.await;
import static org.storysign.plugins.plugin.TestService.json;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class DryRunsTest {

    private static final PluginId ID = new PluginId("resizer");

    private final TestService service = new TestService();

    @Test
    void a_dry_enable_tells_the_consent_that_then_enables_and_runs_and_stores_nothing() {
        Plugin installed = service.install(TestPackages.of(TestPackages.ASKS_STORAGE, TestPackages.SAVES));
        EnableRequest request = EnableRequest.granting(json("[\"storage:write\"]"));

        DryRun run = await(service.dryRuns.enable(ID, request, TestPackages.OPERATOR));

        assertThat(codes(run)).containsExactly(ProblemCode.CONSENT_REQUIRED);
        assertThat(service.stored(ID)).isEqualTo(installed);
        assertThat(service.store.audit()).hasSize(1);
        assertThat(service.initialisations(ID)).isZero();
        EnableRequest agreed = request.withConsent(run.offer().orElseThrow().consent());
        assertThat(await(service.dryRuns.enable(ID, agreed, TestPackages.OPERATOR))
                        .isPossible())
                .isTrue();
        assertThat(service.enable(ID, agreed).state()).isEqualTo(new PluginState.Enabled());
    }

    @Test
    void a_dry_enable_tells_everything_that_stands_in_the_way_at_once() {
        service.install(TestPackages.of("""
                {"permissions": [{"name": "read:user_data", "optional": true}], "dependencies": {"dictionary": "^1.0.0"},
                 "config_schema": {"type": "object", "required": ["word"]}}
                """, TestPackages.SAVES));

        DryRun run = await(service.dryRuns.enable(
                ID, EnableRequest.granting(json("[\"read:user_data\"]")), TestPackages.OPERATOR));

        assertThat(codes(run))
                .containsExactly(
                        ProblemCode.PLUGIN_STATE_CONFLICT,
                        ProblemCode.CONSENT_REQUIRED,
                        ProblemCode.CONFIG_INVALID,
                        ProblemCode.PERMISSION_NOT_GRANTED);
        assertThat(run.dependencies().orElseThrow().issues()).hasSize(1);
    }

    @Test
    void a_dry_install_tells_findings_difference_and_plan_and_stores_nothing() {
        DryRun run = await(service.dryRuns.install(
                TestPackages.of(
                        "{\"permissions\": [\"storage:write\"], \"dependencies\": {\"dictionary\": \"^1.0.0\"}}",
                        TestPackages.SAVES),
                TestPackages.OPERATOR));

        assertThat(run.isPossible()).isTrue();
        assertThat(run.offer().orElseThrow().changes())
                .extracting(ConsentSheet.ChangeView::words)
                .containsExactly("can write its own stored keys");
        assertThat(run.dependencies().orElseThrow().issues().getFirst().words())
                .isEqualTo("`dictionary` is not installed: `resizer` needs ^1.0.0");
        assertThat(await(service.store.find(TenantId.DEFAULT, ID))).isEqualTo(Optional.empty());
        assertThat(service.store.audit()).isEmpty();
    }

    @Test
    void the_consent_of_a_dry_install_is_the_one_that_enables_it_later() {
        PluginPackage upload = TestPackages.of(TestPackages.ASKS_STORAGE, TestPackages.SAVES);
        String consent = await(service.dryRuns.install(upload, TestPackages.OPERATOR))
                .offer()
                .orElseThrow()
                .consent();

        service.install(upload);

        assertThat(service.enable(
                                ID,
                                EnableRequest.granting(json("[\"storage:write\"]"))
                                        .withConsent(consent))
                        .consent())
                .contains(consent);
    }

    @Test
    void a_dry_install_of_other_content_under_the_same_version_and_of_a_bad_manifest_tells_the_problem() {
        service.install(TestPackages.of("{}", TestPackages.QUIET));

        assertThat(codes(await(
                        service.dryRuns.install(TestPackages.of("{}", TestPackages.SAVES), TestPackages.OPERATOR))))
                .containsExactly(ProblemCode.VERSION_EXISTS);
        assertThat(codes(await(service.dryRuns.install(
                        TestPackages.of("{\"version\": \"one\"}", TestPackages.QUIET), TestPackages.OPERATOR))))
                .containsExactly(ProblemCode.MANIFEST_INVALID);
    }

    private static List<ProblemCode> codes(DryRun run) {
        return run.problems().stream().map(ProblemException::code).toList();
    }
}
