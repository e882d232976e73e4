package org.storysign.plugins.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.kit.EnabledPlugins.observed;
import static org.storysign.plugins.kit.EnabledPlugins.snapshot;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.storysign.plugins.hook.HandlerExecution.Status;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.EnabledPlugins;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.plugin.CatalogSnapshot;
import org.storysign.plugins.plugin.EnabledPlugin;
import org.storysign.plugins.plugin.LoadTerms;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.plugin.PluginState;
import org.storysign.plugins.plugin.RunningCalls;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** Handlers of plugins in mode observe: they run and are told, and a hook comes out as if they were not there. */
class ObservedHandlerTest {

    private static final TestSandbox SANDBOX = TestSandbox.on(Tiering.INTERPRETED);

    private final List<String> would = new CopyOnWriteArrayList<>();
    private final List<Boolean> dry = new CopyOnWriteArrayList<>();
    private final HookDispatcher dispatcher = new HookDispatcher(
            chains(),
            SANDBOX.sandbox(),
            new RunningCalls(),
            Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC),
            (invocation, end) -> {
                would.add(end.would().orElse("-"));
                dry.add(invocation.context().dryRun());
            });

    @Test
    void what_it_answers_is_told_and_not_merged() {
        EnabledPlugin first = guest("aa", "filter", "open", Guests.answering("{\"result\":\"first\"}"));
        EnabledPlugin watched = observed(guest("bb", "filter", "open", Guests.answering("{\"result\":\"watched\"}")));
        EnabledPlugin last = guest("cc", "filter", "open", Guests.answering("{\"result\":\"last\"}"));

        HookOutcome.Completed outcome = completed(HookCalls.filter("\"start\""), first, watched, last);

        assertThat(outcome.payload().result()).hasToString("\"last\"");
        assertThat(outcome.handledBy()).containsExactly(new PluginId("aa"), new PluginId("cc"));
        assertThat(outcome.executions())
                .extracting(execution -> execution.plugin() + " " + execution.mode() + " " + execution.changed())
                .containsExactly(
                        "aa ACTIVE " + replaced("first"),
                        "cc ACTIVE " + replaced("last"),
                        "bb OBSERVE " + replaced("watched"));
        assertThat(would)
                .containsExactly(
                        "-",
                        "-",
                        "{\"status\":\"completed\",\"refused\":false,\"changed\":" + replaced("watched") + "}");
        assertThat(dry).as("the platform keeps nothing of it").containsExactly(false, false, true);
    }

    @Test
    void it_is_given_what_it_would_have_been_given_in_its_place() {
        EnabledPlugin first = guest("aa", "filter", "open", Guests.answering("{\"result\":\"first\"}"));
        EnabledPlugin watched = observed(guest("bb", "filter", "open", Guests.answering("{\"result\":\"first\"}")));
        EnabledPlugin last = guest("cc", "filter", "open", Guests.answering("{\"result\":\"last\"}"));

        completed(HookCalls.filter("\"start\""), first, watched, last);

        assertThat(would.getLast())
                .as("nothing changes where `first` is the result already")
                .isEqualTo("{\"status\":\"completed\",\"refused\":false,\"changed\":[]}");
    }

    @ParameterizedTest
    @CsvSource({"closed,true", "open,false"})
    void its_failure_refuses_nothing_and_what_it_would_have_refused_is_told(String onError, boolean refused) {
        HookOutcome.Completed outcome = completed(
                HookCalls.filter("1"),
                observed(guest("aa", "filter", onError, Guests.aborting())),
                guest("bb", "filter", "open", Guests.answering("{\"result\":2}")));

        assertThat(outcome.payload().result()).hasToString("2");
        assertThat(outcome.executions())
                .extracting(HandlerExecution::status)
                .containsExactly(Status.COMPLETED, Status.FAILED);
        assertThat(would.getLast()).isEqualTo("{\"status\":\"failed\",\"refused\":" + refused + ",\"changed\":[]}");
    }

    @Test
    void it_stops_no_call() {
        HookOutcome.Completed outcome = completed(
                HookCalls.of("{\"type\":\"before\",\"args\":[1]}"),
                observed(guest("aa", "before", "open", Guests.answering("{\"stop\":\"no\"}"))),
                guest("bb", "before", "open", Guests.answering("{\"args\":[2]}")));

        assertThat(outcome.stopped()).isEmpty();
        assertThat(outcome.payload().args()).hasToString("[2]");
        assertThat(would.getLast()).contains("\"status\":\"stopped\"");
    }

    @Test
    void it_answers_for_nobody_and_is_not_run_where_its_turn_would_not_have_come() {
        HookOutcome.Completed outcome = completed(
                HookCalls.of("{\"type\":\"replace\"}"),
                observed(guest("aa", "replace", "open", Guests.answering("{\"result\":\"watched\"}"))),
                guest("bb", "replace", "open", Guests.answering("{\"result\":\"mine\"}")),
                observed(guest("cc", "replace", "open", Guests.answering("{\"result\":\"late\"}"))));

        assertThat(outcome.payload().result()).hasToString("\"mine\"");
        assertThat(outcome.executions())
                .extracting(execution -> execution.plugin().value())
                .containsExactly("bb", "aa");
    }

    @Test
    void it_cannot_use_up_the_time_of_those_who_count() {
        HookOutcome.Completed outcome = completed(
                HookCalls.filter("1", "\"deadline_ms\":300"),
                observed(guest("aa", "filter", "closed", Guests.looping())),
                guest("bb", "filter", "open", Guests.answering("{\"result\":2}")));

        assertThat(outcome.payload().result()).hasToString("2");
        assertThat(outcome.handledBy()).containsExactly(new PluginId("bb"));
    }

    @Test
    void beside_a_handler_that_refuses_the_refusal_stays_the_same() {
        HookOutcome outcome = run(
                HookCalls.filter("1"),
                observed(guest("aa", "filter", "closed", Guests.failing())),
                guest("bb", "filter", "closed", Guests.aborting()));

        assertThat(outcome).isInstanceOfSatisfying(HookOutcome.Refused.class, refused -> {
            assertThat(refused.by()).isEqualTo(new PluginId("bb"));
            assertThat(refused.executions()).hasSize(2);
        });
    }

    @Test
    void in_quarantine_it_refuses_nothing_either() {
        EnabledPlugin closed = guest("aa", "filter", "closed", Guests.failing());
        Plugin quarantined = closed.plugin().with(new PluginState.Quarantined("failed too often"));
        HookName story = new HookName("story");

        assertThat(HookChain.of(story, HookPolicy.NONE, quarantining(quarantined))
                        .absent())
                .hasSize(1);
        assertThat(HookChain.of(story, HookPolicy.NONE, quarantining(quarantined.with(Plugin.Mode.OBSERVE)))
                        .absent())
                .isEmpty();
    }

    @Test
    void a_change_that_is_too_long_to_keep_is_told_by_its_length() {
        String text = "x".repeat(ObservedEffect.LONGEST);

        completed(
                HookCalls.filter("1"),
                observed(guest("aa", "filter", "open", Guests.answering("{\"result\":\"" + text + "\"}"))));

        assertThat(would)
                .containsExactly("{\"status\":\"completed\",\"refused\":false,\"changed_characters\":"
                        + replaced(text).length() + "}");
    }

    private static String replaced(String result) {
        return "[{\"op\":\"replace\",\"path\":\"/result\",\"value\":\"" + result + "\"}]";
    }

    private static CatalogSnapshot quarantining(Plugin plugin) {
        return new CatalogSnapshot(TenantId.DEFAULT, 1, Map.of(), List.of(plugin));
    }

    private HookOutcome.Completed completed(HookCall call, EnabledPlugin... plugins) {
        return (HookOutcome.Completed) run(call, plugins);
    }

    private HookOutcome run(HookCall call, EnabledPlugin... plugins) {
        HookChain chain = HookChain.of(new HookName("story"), HookPolicy.NONE, snapshot(plugins));
        return dispatcher.run(call, chain).orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static EnabledPlugin guest(String id, String type, String onError, String wat) {
        return EnabledPlugins.of(SANDBOX, id, "\"type\":\"" + type + "\",\"on_error\":\"" + onError + "\"", wat);
    }

    /** Not asked here: these tests bring their chains. */
    @SuppressWarnings("NullAway")
    private static HookCatalog chains() {
        return new HookCatalog(new PluginCatalog(tenant -> null, null, null, LoadTerms.USUAL), null);
    }
}
