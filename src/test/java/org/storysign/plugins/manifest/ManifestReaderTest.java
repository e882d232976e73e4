package org.storysign.plugins.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.storysign.plugins.manifest.ManifestText.LEAST;
import static org.storysign.plugins.manifest.ManifestText.bytes;
import static org.storysign.plugins.manifest.ManifestText.with;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.limits.Fuel;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.Permission;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;

class ManifestReaderTest {

    private final ManifestReader reader = new ManifestReader();

    @Test
    void the_example_of_the_contract_is_read_as_printed() {
        PluginManifest manifest = reader.read(bytes(ManifestText.CONTRACT_EXAMPLE));

        Digest digest = new Digest("sha256:" + "0123456789abcdef".repeat(4));
        assertThat(manifest.id()).isEqualTo(new PluginId("enhanced-progress"));
        assertThat(manifest.version()).isEqualTo(new Version("1.2.0"));
        assertThat(manifest.about())
                .isEqualTo(new PluginManifest.About(
                        "Enhanced progress",
                        "Tracks practice and suggests a difficulty",
                        "StorySign",
                        Optional.of("Apache-2.0"),
                        Optional.of("https://storysign.example")));
        assertThat(manifest.entryPoint()).isEqualTo("plugin.wasm");
        assertThat(manifest.digest()).contains(digest);
        assertThat(manifest.files()).isEqualTo(Map.of("ui/progress.html", digest));
        assertThat(manifest.minPlatformVersion()).contains(new Version("1.0.0"));
        assertThat(manifest.supportedModules()).containsExactly("asl-world");
        assertThat(manifest.dependencies()).isEmpty();
        assertThat(manifest.permissions())
                .hasSize(6)
                .contains(new Permission.Plain(PermissionName.STORAGE_READ, Optional.empty(), false))
                .contains(new Permission.Network(
                        Set.of("api.storysign.example"), Set.of("GET"), Optional.of("fetches signs"), true));
        assertThat(manifest.hooks())
                .containsExactly(new HookSubscription(
                        new HookName("story_generation"),
                        HookType.FILTER,
                        Optional.of("asl_world.story.generate"),
                        "filter_story",
                        50,
                        FailurePolicy.OPEN));
        assertThat(manifest.uiComponents())
                .containsExactly(new UiComponent("progress_widget", "dashboard.sidebar", "ui/progress.html", "{}"));
        assertThat(manifest.endpoints())
                .containsExactly(new EndpointDeclaration(
                        "custom_analytics",
                        "/custom-analytics",
                        "GET",
                        "get_custom_analytics",
                        EndpointDeclaration.Auth.USER));
        assertThat(manifest.sandbox())
                .isEqualTo(new SandboxConfig(Optional.of(SecurityLevel.STANDARD), SandboxConfig.InstancePolicy.FRESH));
        assertThat(manifest.limits())
                .isEqualTo(new RequestedLimits(
                        Optional.of(MemorySize.ofMiB(16)),
                        Optional.of(new Fuel(20_000_000)),
                        Optional.of(Duration.ofMillis(200))));
        assertThat(manifest.lifecycle())
                .isEqualTo(new Lifecycle(Optional.of("initialize"), Optional.of("cleanup"), Optional.of("get_status")));
    }

    @Test
    void what_the_least_manifest_does_not_say_has_its_default() {
        PluginManifest manifest = reader.read(bytes(LEAST));

        assertThat(manifest.permissions()).isEmpty();
        assertThat(manifest.sandbox()).isEqualTo(SandboxConfig.DEFAULT);
        assertThat(manifest.limits()).isEqualTo(RequestedLimits.NONE);
        assertThat(manifest.lifecycle()).isEqualTo(Lifecycle.NONE);
        assertThat(manifest.configSchema()).isEmpty();
        assertThat(manifest.digest()).isEmpty();
    }

    @Test
    void a_hook_without_priority_and_policy_runs_at_100_and_fails_open() {
        PluginManifest manifest = reader.read(
                bytes(with("{\"hooks\": [{\"name\": \"story\", \"type\": \"before\", \"handler\": \"f\"}]}")));

        assertThat(manifest.hooks())
                .containsExactly(new HookSubscription(
                        new HookName("story"), HookType.BEFORE, Optional.empty(), "f", 100, FailurePolicy.OPEN));
    }

    @Test
    void all_violations_are_told_at_once_each_with_its_place() {
        String manifest = with("""
                {"id": "Resizer", "version": "1", "digest": "abc", "permisions": [],
                 "permissions": ["storage:raed", {"name": "network:access", "hosts": ["*.example.com"]}],
                 "hooks": [{"name": "story", "type": "filtre"}]}
                """);

        List<Violation> violations = violations(manifest);

        assertThat(violations)
                .containsExactlyInAnyOrder(
                        new Violation("/id", "is `Resizer`, expected an id that matches [a-z0-9][a-z0-9-]{1,62}"),
                        new Violation("/version", "is `1`, expected a semantic version such as `1.2.0`"),
                        new Violation("/digest", "is `abc`, expected `sha256:` and 64 lower-case hexadecimal digits"),
                        new Violation("/permisions", "the field `permisions` is unknown, did you mean `permissions`?"),
                        new Violation(
                                "/permissions/0",
                                "the permission `storage:raed` is unknown, did you mean `storage:read`?"),
                        new Violation(
                                "/permissions/1/hosts/0",
                                "is `*.example.com`, expected a full lower-case host name such as `api.example.com`,"
                                        + " optionally with a port, no wildcard, no private address"),
                        new Violation("/hooks/0/handler", "is missing"),
                        new Violation(
                                "/hooks/0/type",
                                "is `filtre`, expected one of `before`, `after`, `replace`, `filter`"));
    }

    @Test
    void the_manifest_version_is_read_first_and_nothing_else_of_an_unknown_version() {
        List<Violation> violations = violations("{\"manifest_version\": 2, \"id\": 7, \"new_field\": true}");

        assertThat(violations).containsExactly(new Violation("/manifest_version", "is `2`, expected 1"));
    }

    @Test
    void a_doubled_field_is_named_wherever_it_is() {
        List<Violation> violations = violations(
                LEAST.replace("}", ", \"sandbox_config\": {\"instance\": \"fresh\", \"instance\": \"pooled\"}}"));

        assertThat(violations)
                .containsExactly(new Violation("/sandbox_config/instance", "the field `instance` is there twice"));
    }

    @Test
    void guest_text_in_a_violation_is_quoted_and_its_control_characters_escaped() {
        List<Violation> violations = violations(LEAST.replace("resizer", "\\u001b[31m\\u202e"));

        assertThat(violations.getFirst().detail()).startsWith("is `\\u001b[31m\\u202e`");
    }

    @Test
    void hosts_with_a_port_punycode_and_public_addresses_are_canonical() {
        PluginManifest manifest = reader.read(bytes(with("""
                {"permissions": [{"name": "network:access",
                  "hosts": ["api.example.com:8443", "xn--bcher-kva.example", "8.8.8.8", "a.b-c.example"], "methods": ["GET", "POST"]}]}
                """)));

        assertThat(((Permission.Network) manifest.permissions().getFirst()).hosts())
                .containsExactlyInAnyOrder("api.example.com:8443", "xn--bcher-kva.example", "8.8.8.8", "a.b-c.example");
    }

    @Test
    void an_endpoint_path_may_have_parameters() {
        PluginManifest manifest = reader.read(bytes(with("""
                {"api_endpoints": [
                  {"name": "a", "path": "/reports/{year}/{month}", "method": "GET", "handler": "f", "auth": "public"},
                  {"name": "b", "path": "/reports/{year}/{month}", "method": "POST", "handler": "f"}]}
                """)));

        assertThat(manifest.endpoints())
                .extracting(EndpointDeclaration::auth)
                .containsExactly(EndpointDeclaration.Auth.PUBLIC, EndpointDeclaration.Auth.USER);
    }

    @Test
    void a_description_may_have_line_breaks_and_any_script() {
        PluginManifest manifest = reader.read(bytes(with("{\"description\": \"Größe\\n手話\\nзнак\"}")));

        assertThat(manifest.about().description()).isEqualTo("Größe\n手話\nзнак");
    }

    @Test
    void a_prerelease_version_and_a_dependency_range_are_read() {
        PluginManifest manifest = reader.read(bytes(
                with("{\"version\": \"2.0.0-rc.1+build.5\", \"dependencies\": {\"dictionary\": \">=1.2.0 <2.0.0\"}}")));

        assertThat(manifest.version()).isEqualTo(new Version("2.0.0-rc.1+build.5"));
        assertThat(manifest.dependencies()).isEqualTo(Map.of(new PluginId("dictionary"), ">=1.2.0 <2.0.0"));
    }

    @Test
    void an_id_that_only_contains_a_reserved_word_is_free() {
        PluginManifest manifest = reader.read(bytes(with("{\"id\": \"hooks-viewer\"}")));

        assertThat(manifest.id().value()).isEqualTo("hooks-viewer");
    }

    private List<Violation> violations(String manifest) {
        return catchThrowableOfType(ProblemException.class, () -> reader.read(bytes(manifest)))
                .violations();
    }
}
