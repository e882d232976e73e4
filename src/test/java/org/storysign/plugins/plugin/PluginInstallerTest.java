package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.await;
import static org.storysign.plugins.plugin.TestService.problem;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Wat;
import org.storysign.plugins.manifest.ManifestText;
import org.storysign.plugins.plugin.TestModules.Export;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;

class PluginInstallerTest {

    private static final String HOOK =
            "{\"hooks\": [{\"name\": \"story\", \"type\": \"filter\", \"handler\": \"run\"}]}";

    private final TestService service = new TestService();

    @Test
    void a_good_package_is_installed_and_the_audit_says_so() {
        InstallOutcome outcome =
                await(service.installer.install(TestPackages.of(HOOK, TestPackages.QUIET), TestPackages.OPERATOR));

        assertThat(outcome).isInstanceOf(InstallOutcome.Created.class);
        Plugin plugin = service.stored(new PluginId("resizer"));
        assertThat(plugin.state()).isEqualTo(new PluginState.Installed());
        assertThat(plugin.active().installedAt()).isEqualTo(service.clock.instant());
        assertThat(service.store.audit()).extracting(AuditEntry::action).containsExactly(AuditAction.PLUGIN_INSTALL);
        assertThat(service.store.audit().getFirst().facts())
                .containsEntry("version", "1.0.0")
                .containsEntry(
                        "module_digest",
                        Digest.of(Wat.assemble(TestPackages.QUIET)).value());
    }

    @Test
    void the_example_of_the_contract_is_installed_and_enabled_as_printed() {
        byte[] module = Wat.assemble(TestModules.of(
                Export.quiet("filter_story"),
                Export.quiet("get_custom_analytics"),
                Export.quiet("initialize"),
                Export.quiet("cleanup"),
                Export.quiet("get_status")));
        byte[] page = "<!doctype html>".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String manifest = ManifestText.changed(
                ManifestText.CONTRACT_EXAMPLE,
                example -> example.put("digest", Digest.of(module).value())
                        .putObject("files")
                        .put("ui/progress.html", Digest.of(page).value()));
        service.install(new PluginPackage(
                ManifestText.bytes(manifest), module, PackageFiles.of(java.util.Map.of("ui/progress.html", page))));

        Plugin enabled = service.enableAgreeing(new PluginId("enhanced-progress"), """
                ["storage:read", "storage:write", "read:user_data", "write:user_data", "modify:ui"]
                """);

        assertThat(enabled.state()).isEqualTo(new PluginState.Enabled());
        assertThat(service.served(new PluginId("enhanced-progress"))).isPresent();
    }

    /** What is wrong with a package, and the problem it ends in. */
    static Stream<Arguments> refused() {
        String quiet = TestPackages.QUIET;
        String digest = "sha256:" + "0".repeat(64);
        return Stream.of(
                Arguments.of("{\"id\": \"Resizer\"}", bytes(quiet), ProblemCode.MANIFEST_INVALID),
                Arguments.of("{\"min_platform_version\": \"1.0.1\"}", bytes(quiet), ProblemCode.MANIFEST_INVALID),
                Arguments.of("{\"digest\": \"" + digest + "\"}", bytes(quiet), ProblemCode.DIGEST_MISMATCH),
                Arguments.of(
                        "{\"permissions\": [\"database:read\"]}", bytes(quiet), ProblemCode.PERMISSION_UNAVAILABLE),
                Arguments.of("{}", new byte[0], ProblemCode.MODULE_MALFORMED),
                Arguments.of("{}", "not a module".getBytes(StandardCharsets.UTF_8), ProblemCode.MODULE_MALFORMED),
                Arguments.of("{}", new byte[6 << 20], ProblemCode.MODULE_TOO_LARGE),
                Arguments.of(
                        "{}",
                        bytes("(module (import \"env\" \"foo\" (func)) (memory (export \"memory\") 1)"
                                + " (func (export \"run\") (result i32) (i32.const 0)))"),
                        ProblemCode.MODULE_REJECTED),
                Arguments.of(HOOK.replace("run", "absent"), bytes(quiet), ProblemCode.EXPORT_MISSING),
                Arguments.of("{\"lifecycle\": {\"initialize\": \"absent\"}}", bytes(quiet), ProblemCode.EXPORT_MISSING),
                Arguments.of(
                        "{\"api_endpoints\": [{\"name\": \"a\", \"path\": \"/a\", \"method\": \"GET\", \"handler\": \"absent\"}]}",
                        bytes(quiet),
                        ProblemCode.EXPORT_MISSING),
                Arguments.of(
                        HOOK,
                        bytes("(module (memory (export \"memory\") 1)"
                                + " (func (export \"run\") (param i32) (result i32) (i32.const 0)))"),
                        ProblemCode.EXPORT_MISTYPED),
                Arguments.of(
                        HOOK,
                        bytes("(module (memory (export \"memory\") 1)"
                                + " (func (export \"run\") (result i64) (i64.const 0)))"),
                        ProblemCode.EXPORT_MISTYPED));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_package_that_is_refused_leaves_nothing_behind(String members, byte[] module, ProblemCode expected) {
        PluginPackage upload = new PluginPackage(ManifestText.bytes(ManifestText.with(members)), module);

        ProblemException problem = problem(() -> service.install(upload));

        assertThat(problem.code()).isEqualTo(expected);
        assertThat(await(service.store.list(TenantId.DEFAULT, PluginFilter.all(10))))
                .isEmpty();
        assertThat(service.store.audit()).isEmpty();
        assertThat(service.install(TestPackages.of("{}", TestPackages.QUIET)).state())
                .isEqualTo(new PluginState.Installed());
    }

    @Test
    void an_export_that_gives_nothing_is_a_handler_too() {
        String module = "(module (memory (export \"memory\") 1) (func (export \"run\")))";

        assertThat(service.install(TestPackages.of(HOOK, module)).id().value()).isEqualTo("resizer");
    }

    @Test
    void a_missing_handler_is_told_with_who_names_it() {
        ProblemException problem =
                problem(() -> service.install(TestPackages.of(HOOK.replace("run", "absent"), TestPackages.QUIET)));

        assertThat(problem.detail())
                .isEqualTo(
                        "the module does not export the function `absent`, which the handler of the hook `story` names");
    }

    @Test
    void a_platform_that_is_too_old_is_told_at_its_place() {
        ProblemException problem = problem(
                () -> service.install(TestPackages.of("{\"min_platform_version\": \"2.0.0\"}", TestPackages.QUIET)));

        assertThat(problem.violations()).extracting(Violation::pointer).containsExactly("/min_platform_version");
    }

    @Test
    void a_check_tells_all_problems_at_once_and_stores_nothing() {
        PluginPackage upload = new PluginPackage(
                ManifestText.bytes(ManifestText.with("{\"digest\": \"sha256:" + "0".repeat(64) + "\"}")),
                "not a module".getBytes(StandardCharsets.UTF_8));

        PackageCheck check = await(service.installer.check(upload));

        assertThat(check.isAcceptable()).isFalse();
        assertThat(check.problems())
                .extracting(ProblemException::code)
                .containsExactlyInAnyOrder(ProblemCode.MODULE_MALFORMED, ProblemCode.DIGEST_MISMATCH);
        assertThat(check.manifest()).isPresent();
        assertThat(service.store.audit()).isEmpty();
    }

    @Test
    void a_check_of_a_good_package_has_its_facts_and_its_dangers() {
        PackageCheck check = await(service.installer.check(
                TestPackages.of("{\"permissions\": [\"read:user_data\", \"modify:ui\"]}", TestPackages.QUIET)));

        assertThat(check.isAcceptable()).isTrue();
        assertThat(check.scan()).isPresent();
        assertThat(check.module().orElseThrow().exports()).containsKey("run");
        assertThat(check.dangers()).hasSize(1);
    }

    @Test
    void the_halves_of_a_package_can_be_checked_alone() {
        List<ProblemException> ofManifest = await(service.installer.checkManifest(
                        ManifestText.bytes(ManifestText.with("{\"permissions\": [\"database:write\"]}"))))
                .problems();
        List<ProblemException> ofModule =
                await(service.installer.checkModule(new byte[] {0})).problems();

        assertThat(ofManifest).extracting(ProblemException::code).containsExactly(ProblemCode.PERMISSION_UNAVAILABLE);
        assertThat(ofModule).extracting(ProblemException::code).containsExactly(ProblemCode.MODULE_MALFORMED);
    }

    private static byte[] bytes(String wat) {
        return Wat.assemble(wat);
    }
}
