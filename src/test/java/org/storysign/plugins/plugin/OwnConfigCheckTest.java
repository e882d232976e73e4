package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.problem;

import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;

/** Plugins that export {@code validate_config}. */
class OwnConfigCheckTest {

    private static final PluginId ID = new PluginId("resizer");
    private static final String TOKEN = """
            {"permissions": ["storage:write"], "resource_limits": {"fuel": 100000},
             "config_schema": {"type": "object", "properties": {"token": {"type": "string", "writeOnly": true}}}}
            """;

    private final TestService service = new TestService();

    @Test
    void what_the_plugin_accepts_is_kept() {
        service.install(TestPackages.of(TOKEN, TestModules.of(TestModules.Export.quiet("validate_config"))));

        assertThat(service.configure(ID, "{\"token\": \"abcd\"}", 1).configRevision())
                .isEqualTo(2);
    }

    @Test
    void what_the_plugin_does_not_accept_is_refused_in_its_words_without_secrets() {
        String errors = "{\"errors\": [{\"pointer\": \"/token\", \"detail\": \"abcd is no token\"}]}";
        service.install(TestPackages.of(TOKEN, TestModules.answering("validate_config", errors)));

        ProblemException problem = problem(() -> service.configure(ID, "{\"token\": \"abcd\"}", 1));

        assertThat(problem.code()).isEqualTo(ProblemCode.CONFIG_INVALID);
        assertThat(problem.violations()).containsExactly(new Violation("/token", "••• is no token"));
        assertThat(problem.getMessage()).doesNotContain("abcd");
        assertThat(service.stored(ID).configRevision()).isEqualTo(1);
    }

    @Test
    void a_check_that_fails_or_does_not_end_does_not_accept() {
        service.install(TestPackages.of(TOKEN, TestModules.of(TestModules.Export.failing("validate_config"))));
        assertThat(problem(() -> service.configure(ID, "{}", 1)).code()).isEqualTo(ProblemCode.CONFIG_INVALID);

        service.install(TestPackages.of(
                TOKEN.replaceFirst("\\{", "{\"version\": \"2.0.0\", "),
                TestModules.of(TestModules.Export.looping("validate_config"))));
        assertThat(problem(() -> service.configure(ID, "{}", 1))
                        .violations()
                        .getFirst()
                        .detail())
                .contains("fuel");
    }

    @Test
    void a_check_that_answers_something_else_is_refused() {
        service.install(TestPackages.of(TOKEN, TestModules.of(TestModules.Export.echoing("validate_config"))));

        assertThat(problem(() -> service.configure(ID, "{}", 1)).code()).isEqualTo(ProblemCode.HANDLER_OUTPUT_INVALID);
    }

    @Test
    void a_check_reaches_nothing_of_the_platform_even_when_it_was_granted() {
        String saves = TestModules.saving("validate_config", "{\"key\":\"initialised\",\"value\":1}");
        service.install(TestPackages.of(TOKEN, saves));

        ProblemException problem = problem(() -> service.enableAgreeing(ID, "[\"storage:write\"]"));

        assertThat(problem.code()).isEqualTo(ProblemCode.HANDLER_OUTPUT_INVALID);
        assertThat(service.initialisations(ID)).isZero();
        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Installed());
    }
}
