package org.storysign.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.storysign.plugins.plugin.source.Credential;
import org.storysign.plugins.plugin.source.SourceTerms;
import org.storysign.plugins.problem.BadSettingException;

class SourcesConfigTest {

    private static final Map<String, String> GOOD = Map.of(
            "hosts", "plugins.example,*.blobs.example",
            "registries", "registry.example,localhost:5000",
            "private-hosts", "localhost:5000",
            "plain-hosts", "localhost:5000",
            "directory", "wasm-plugins",
            "credentials.team.registry", "registry.example",
            "credentials.team.username", "reader",
            "credentials.team.password", "s3cret");

    private static SourceTerms terms(Map<String, String> settings) {
        Map<String, String> named = new HashMap<>();
        settings.forEach((name, value) -> named.put("storysign.sources." + name, value));
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(SourcesConfig.class)
                .withSources(new PropertiesConfigSource(named, "test", 100))
                .build()
                .getConfigMapping(SourcesConfig.class)
                .terms();
    }

    @Test
    void nothing_is_allowed_by_default() {
        SourceTerms terms = terms(Map.of());

        assertThat(terms).isEqualTo(SourceTerms.NOTHING);
    }

    @Test
    void what_is_set_is_allowed_and_registries_are_servers_too() {
        SourceTerms terms = terms(GOOD);

        assertThat(terms.hosts().listed())
                .containsExactlyInAnyOrder("plugins.example", "*.blobs.example", "registry.example", "localhost:5000");
        assertThat(terms.hosts().plain()).isEqualTo(Set.of("localhost:5000"));
        assertThat(terms.credentials()).containsEntry("team", new Credential("registry.example", "reader", "s3cret"));
        assertThat(terms.deadline()).isEqualTo(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @CsvSource({
        "hosts, https://plugins.example",
        "hosts, plugins.example/a",
        "hosts, *",
        "hosts, PLUGINS.example",
        "private-hosts, 10.0.0.0/8",
        "registries, *.example",
        "directory, no-such-directory",
        "deadline, 0s",
        "parallel, 0",
        "credentials.team.registry, other.example"
    })
    void a_setting_that_makes_no_sense_is_named(String name, String value) {
        Map<String, String> settings = new HashMap<>(GOOD);
        settings.put(name, value);

        assertThatThrownBy(() -> terms(settings))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("storysign.sources");
    }
}
