package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.json;
import static org.storysign.plugins.plugin.TestService.problem;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;

/** What an operator configures. */
class PluginConfigurationTest {

    private static final PluginId ID = new PluginId("resizer");

    private final TestService service = new TestService();

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
}
