package org.storysign.plugins.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;

class HostileManifestsTest {

    private final ManifestReader reader = new ManifestReader();

    @Test
    void none_of_more_than_two_hundred_hostile_manifests_is_accepted() {
        Map<String, byte[]> hostile = HostileManifests.all();

        List<String> accepted = new ArrayList<>();
        hostile.forEach((name, bytes) -> {
            if (isAccepted(name, bytes)) {
                accepted.add(name);
            }
        });

        assertThat(accepted).isEmpty();
        assertThat(hostile).hasSizeGreaterThan(200);
    }

    @Test
    void every_refusal_names_places_and_no_class_of_ours_or_of_a_library() {
        List<String> details = new ArrayList<>();

        HostileManifests.all()
                .values()
                .forEach(bytes -> details.addAll(violations(bytes).stream()
                        .map(violation -> violation.pointer() + " " + violation.detail())
                        .toList()));

        assertThat(details)
                .isNotEmpty()
                .noneMatch(detail -> detail.matches("(?s).*\\b(com|org|java|tools)\\.[a-z]+\\.[A-Za-z.]+.*")
                        && !detail.contains("evil")
                        && !detail.contains("example"));
        assertThat(details)
                .noneMatch(detail ->
                        detail.contains("Exception") || detail.contains("\u001b") || detail.contains("\u202e"));
    }

    @Test
    void the_least_manifest_all_of_them_are_made_from_is_accepted() {
        PluginManifest manifest = reader.read(ManifestText.bytes(ManifestText.LEAST));

        assertThat(manifest.id().value()).isEqualTo("resizer");
    }

    private boolean isAccepted(String name, byte[] bytes) {
        try {
            reader.read(bytes);
            return true;
        } catch (ProblemException refused) {
            assertThat(refused.code()).as(name).isEqualTo(ProblemCode.MANIFEST_INVALID);
            assertThat(refused.violations()).as(name).isNotEmpty();
            return false;
        }
    }

    private List<Violation> violations(byte[] bytes) {
        try {
            reader.read(bytes);
            return List.of();
        } catch (ProblemException refused) {
            return refused.violations();
        }
    }

    @Test
    void a_manifest_of_exactly_64_kib_is_read_and_one_byte_more_is_not() {
        String manifest = ManifestText.LEAST.strip();
        byte[] largest = ManifestText.bytes(manifest + " ".repeat(65_536 - manifest.length()));
        byte[] larger = ManifestText.bytes(manifest + " ".repeat(65_537 - manifest.length()));

        assertThat(reader.read(largest).id().value()).isEqualTo("resizer");
        assertThatThrownBy(() -> reader.read(larger)).hasMessageContaining("65537 bytes, expected at most 64 KiB");
    }

    @Test
    void a_manifest_20_levels_deep_is_read() {
        String arrays = "[".repeat(18) + "]".repeat(18);

        PluginManifest manifest = reader.read(
                ManifestText.bytes(ManifestText.with("{\"config_schema\": {\"default\": " + arrays + "}}")));

        assertThat(manifest.configSchema().path("default").isArray()).isTrue();
    }
}
