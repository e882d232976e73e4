package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.json;
import static org.storysign.plugins.plugin.TestService.problem;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.Violation;
import org.storysign.plugins.secret.SealedSecret;
import org.storysign.plugins.secret.SecretKeys;

/** Values of a configuration that its schema calls {@code writeOnly}. */
class ConfigSecretsTest {

    private static final PluginId ID = new PluginId("resizer");

    private static final String MAIL = """
            {"config_schema": {"type": "object", "additionalProperties": false, "properties": {
              "word": {"type": "string"},
              "token": {"type": "string", "writeOnly": true, "pattern": "^t-"},
              "smtp": {"type": "object", "properties": {"host": {"type": "string"}, "password": {"$ref": "#/$defs/secret"}}},
              "keys": {"type": "array", "items": {"$ref": "#/$defs/secret"}}},
              "$defs": {"secret": {"type": "string", "writeOnly": true}}}}
            """;
    private static final String FULL = """
            {"word": "a", "token": "t-canary", "smtp": {"host": "mail", "password": "canary-2"}, "keys": ["canary-3"]}
            """;

    private final TestService service = new TestService();

    @Test
    void secrets_are_sealed_where_they_are_kept_and_open_where_the_plugin_runs() {
        service.install(TestPackages.of(MAIL, TestPackages.QUIET));
        service.configure(ID, FULL, 1);
        service.enable(ID, EnableRequest.PLAIN);

        Plugin stored = service.stored(ID);
        assertThat(stored.config().toString()).doesNotContain("canary");
        assertThat(SealedConfig.secrets(stored.config())).containsOnlyKeys("/token", "/smtp/password", "/keys/0");
        assertThat(SealedConfig.clear(stored.config()))
                .isEqualTo(json("{\"word\": \"a\", \"smtp\": {\"host\": \"mail\"}, \"keys\": [null]}"));
        assertThat(service.served(ID).orElseThrow().plugin().config()).isEqualTo(json(FULL));
        assertThat(service.store.audit().toString()).doesNotContain("canary");
    }

    private static SealedSecret token(Plugin plugin) {
        return Optional.ofNullable(SealedConfig.secrets(plugin.config()).get("/token"))
                .orElseThrow();
    }

    @Test
    void a_secret_that_is_not_sent_stays_and_null_takes_it_away() {
        service.install(TestPackages.of(MAIL, TestPackages.QUIET));
        service.configure(ID, FULL, 1);

        service.configure(ID, "{\"word\": \"b\", \"smtp\": {\"host\": \"post\", \"password\": null}}", 2);
        service.enable(ID, EnableRequest.PLAIN);

        assertThat(service.served(ID).orElseThrow().plugin().config())
                .isEqualTo(json("{\"word\": \"b\", \"token\": \"t-canary\", \"smtp\": {\"host\": \"post\"}}"));
    }

    @Test
    void a_secret_that_does_not_fit_is_not_quoted() {
        service.install(TestPackages.of(MAIL, TestPackages.QUIET));

        ProblemException problem = problem(() -> service.configure(ID, "{\"token\": \"canary\"}", 1));

        assertThat(problem.violations())
                .containsExactly(
                        new Violation("/token", "does not fit its schema; it is a secret, so no more is told"));
        assertThat(problem.getMessage()).doesNotContain("canary");
    }

    @Test
    void what_looks_like_a_sealed_secret_is_only_text() {
        service.install(TestPackages.of(MAIL, TestPackages.QUIET));
        service.configure(ID, FULL, 1);
        String sealed = token(service.stored(ID)).text();

        service.configure(ID, "{\"word\": \"" + sealed + "\"}", 2);
        service.enable(ID, EnableRequest.PLAIN);

        assertThat(service.served(ID)
                        .orElseThrow()
                        .plugin()
                        .config()
                        .path("word")
                        .textValue())
                .isEqualTo(sealed);
    }

    @Test
    void a_secret_moved_to_another_place_of_the_configuration_does_not_open() {
        service.install(TestPackages.of(MAIL, TestPackages.QUIET));
        Plugin plugin = service.configure(ID, FULL, 1);
        SealedSecret token = token(plugin);

        service.store.put(plugin.completed(
                SealedConfig.joined(SealedConfig.clear(plugin.config()), Map.of("/smtp/password", token))));

        assertThat(problem(() -> service.enable(ID, EnableRequest.PLAIN)).code())
                .isEqualTo(ProblemCode.SECRETS_UNAVAILABLE);
    }

    @Test
    void without_a_key_secrets_are_refused_and_everything_else_is_configured() {
        TestService keyless = service.with(SecretKeys.NONE);
        keyless.install(TestPackages.of(MAIL, TestPackages.QUIET));

        ProblemException problem = problem(() -> keyless.configure(ID, FULL, 1));
        keyless.configure(ID, "{\"word\": \"a\"}", 1);

        assertThat(problem.code()).isEqualTo(ProblemCode.SECRETS_UNAVAILABLE);
        assertThat(problem.detail()).contains("storysign.secrets.keys");
    }

    @Test
    void a_process_without_the_key_does_not_serve_the_plugin_and_says_why() {
        service.install(TestPackages.of(MAIL, TestPackages.QUIET));
        service.configure(ID, FULL, 1);
        service.disable(ID);
        TestService other = service.with(SecretKeys.of(Map.of("second", "11".repeat(32)), "second"));

        ProblemException problem = problem(() -> other.enable(ID, EnableRequest.PLAIN));

        assertThat(problem.code()).isEqualTo(ProblemCode.SECRETS_UNAVAILABLE);
        assertThat(problem.detail()).contains("`first`").contains("[second]");
    }

    @Test
    void a_new_key_seals_what_is_written_and_the_old_one_still_opens() {
        service.install(TestPackages.of(MAIL, TestPackages.QUIET));
        service.configure(ID, FULL, 1);
        TestService rotated =
                service.with(SecretKeys.of(Map.of("first", "00".repeat(32), "second", "11".repeat(32)), "second"));

        Plugin configured = rotated.configure(ID, "{\"word\": \"b\"}", 2);

        assertThat(token(configured).key()).isEqualTo("second");
        rotated.enable(ID, EnableRequest.PLAIN);
        assertThat(rotated.served(ID)
                        .orElseThrow()
                        .plugin()
                        .config()
                        .path("token")
                        .textValue())
                .isEqualTo("t-canary");
    }

    @Test
    void a_release_that_calls_more_of_it_a_secret_has_it_sealed_when_it_becomes_active() {
        String open = "{\"config_schema\": {\"type\": \"object\", \"properties\": {\"pin\": {\"type\": \"string\"}}}}";
        String secret = "{\"version\": \"2.0.0\", \"config_schema\": {\"type\": \"object\", \"properties\": {\"pin\":"
                + " {\"type\": \"string\", \"writeOnly\": true}}}}";
        service.install(TestPackages.of(open, TestPackages.QUIET));
        service.configure(ID, "{\"pin\": \"canary\"}", 1);
        service.enable(ID, EnableRequest.PLAIN);
        service.install(TestPackages.of(secret, TestPackages.QUIET));

        service.activate(ID, "2.0.0", EnableRequest.PLAIN);

        assertThat(service.stored(ID).config().toString()).doesNotContain("canary");
        assertThat(service.served(ID)
                        .orElseThrow()
                        .plugin()
                        .config()
                        .path("pin")
                        .textValue())
                .isEqualTo("canary");
        assertThat(List.copyOf(SealedConfig.secrets(service.stored(ID).config()).keySet()))
                .containsExactly("/pin");
    }
}
