package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.json;
import static org.storysign.plugins.plugin.TestService.problem;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Golden;
import org.storysign.plugins.plugin.ReleaseStanding.State;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemException;

/** What an operator is shown before code runs. */
class ConsentSheetTest {

    private static final PluginId ID = new PluginId("resizer");

    private static final String NEWS = """
            {"version": "%s", "permissions": ["read:user_data", "modify:ui", "storage:write",
               {"name": "network:access", "hosts": [%s], "methods": ["GET", "POST"], "reason": "tells friends"},
               {"name": "access:ai_services", "reason": "writes the news", "optional": true}, "filesystem:write"],
             "resource_limits": {"memory_mib": %d}, "sandbox_config": {"instance": "pooled"},
             "api_endpoints": [{"name": "a", "path": "/news", "method": "GET", "handler": "run", "auth": "public"}]}
            """;

    private final TestService service = new TestService();

    @Test
    void the_words_of_consent_are_a_promise() {
        List<String> lines = new ArrayList<>();

        service.install(
                TestPackages.of(NEWS.formatted("1.0.0", "\"a.example\", \"b.example\"", 16), TestPackages.QUIET));
        tell("a first enable", offer("1.0.0"), lines);
        service.enableAgreeing(
                ID,
                "[\"read:user_data\", \"modify:ui\", \"storage:write\", \"filesystem:write\","
                        + " {\"name\": \"network:access\", \"hosts\": [\"a.example\"], \"methods\": [\"GET\"]}]");
        tell("what serves", offer("1.0.0"), lines);
        service.install(
                TestPackages.of(NEWS.formatted("1.1.0", "\"b.example\", \"c.example\"", 32), TestPackages.SAVES));
        tell("a release with other hosts and more memory", offer("1.1.0"), lines);
        service.install(
                TestPackages.of("{\"version\": \"2.0.0\", \"permissions\": [\"storage:write\"]}", TestPackages.SAVES));
        tell("a release that asks for less", offer("2.0.0"), lines);

        Golden.assertUnchanged("consent-words.txt", lines);
    }

    @Test
    void the_request_of_the_sheet_enables_exactly_what_it_shows() {
        service.install(TestPackages.of(TestPackages.ASKS_STORAGE, TestPackages.SAVES));
        ConsentSheet sheet = offer("1.0.0");

        Plugin enabled = service.enable(
                ID,
                new EnableRequest(
                        Optional.of(
                                new ObjectMapper().valueToTree(sheet.request().get("grants"))),
                        Optional.ofNullable(sheet.request().get("consent")).map(String::valueOf),
                        Optional.empty()));

        assertThat(sheet.needed()).isTrue();
        assertThat(enabled.consent()).contains(sheet.consent());
        assertThat(offer("1.0.0").needed()).isFalse();
        assertThat(offer("1.0.0").changes()).isEmpty();
    }

    @Test
    void the_problem_of_a_missing_consent_carries_the_same_sheet() {
        service.install(TestPackages.of(TestPackages.ASKS_STORAGE, TestPackages.SAVES));

        ProblemException problem =
                problem(() -> service.enable(ID, EnableRequest.granting(json("[\"storage:write\"]"))));

        assertThat(problem.facts()).containsEntry(FactKey.OFFER, offer("1.0.0"));
    }

    @Test
    void what_nothing_imports_and_what_nobody_asked_for_are_told() {
        service.install(TestPackages.of("{\"permissions\": [\"read:user_data\", \"hooks:emit\"]}", """
                (module
                  (import "extism:host/user" "storage_set" (func (param i64) (result i64)))
                  (import "extism:host/env" "http_request" (func (param i64 i64) (result i64)))
                  (memory (export "memory") 1) (func (export "run") (result i32) (i32.const 0)))
                """));

        assertThat(offer("1.0.0").warnings())
                .extracting(ConsentSheet.WarningView::words)
                .containsExactly(
                        "asks for `read:user_data`, but imports nothing that could use it",
                        "asks for `hooks:emit`, but imports nothing that could use it",
                        "imports `extism:host/env.http_request` and does not ask for `network:access`: what it tries by it"
                                + " will be denied",
                        "imports `extism:host/user.storage_set` and does not ask for `storage:write` or `write:user_data`:"
                                + " it cannot be enabled");
    }

    @Test
    void modules_from_before_are_looked_at_when_somebody_asks_and_lost_ones_hide_nothing_else() {
        service.install(TestPackages.of("{\"permissions\": [\"read:user_data\"]}", TestPackages.QUIET));
        service.store.forgetFacts();

        assertThat(offer("1.0.0").warnings()).hasSize(1);

        service.store.forgetFacts();
        service.store.corrupt(TenantId.DEFAULT, service.stored(ID).active().moduleDigest(), new byte[] {1});
        assertThat(offer("1.0.0").warnings()).isEmpty();
        assertThat(service.standing(ID, "1.0.0").state()).isEqualTo(State.READY);
    }

    private ConsentSheet offer(String version) {
        return service.standing(ID, version).offer().orElseThrow();
    }

    private static void tell(String when, ConsentSheet sheet, List<String> lines) {
        lines.add("# " + when + ": " + sheet.version() + " at " + sheet.level()
                + (sheet.needed() ? ", to be agreed to" : "")
                + ", memory " + (sheet.limits().memoryBytes() >> 20) + " MiB");
        sheet.permissions()
                .forEach(asked -> lines.add("asks  " + asked.name() + " (" + asked.risk() + ") "
                        + (asked.offered() ? "offered" : "not offered") + ", used by " + asked.usedBy()
                        + (asked.reason() == null ? "" : ", says " + asked.reason())));
        sheet.changes()
                .forEach(change -> lines.add((change.needsConsent() ? "agree " : "know  ") + change.change() + " "
                        + change.of() + " " + change.values() + ": " + change.words()));
        sheet.warnings()
                .forEach(warning ->
                        lines.add("warns " + warning.code() + " " + warning.about() + ": " + warning.words()));
        lines.add("send  " + sheet.request().get("grants"));
        lines.add("");
    }
}
