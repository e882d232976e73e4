package org.storysign.plugins.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.kit.EnabledPlugins.snapshot;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
import org.storysign.plugins.plugin.EnabledPlugin;
import org.storysign.plugins.plugin.LoadTerms;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.plugin.RunningCalls;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.sandbox.InstancePool;
import org.storysign.plugins.sandbox.chicory.Tiering;

class HookDispatcherTest {

    private static final TestSandbox SANDBOX = TestSandbox.on(Tiering.INTERPRETED);

    private final RunningCalls calls = new RunningCalls();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final HookDispatcher dispatcher = new HookDispatcher(
            chains(),
            SANDBOX.sandbox(),
            calls,
            Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC),
            (invocation, end) -> told.add(
                    invocation.context().plugin() + " " + invocation.occasion().kind() + " " + end.problem()));

    @Test
    void a_filter_changes_the_result_and_says_what_it_changed() {
        EnabledPlugin mask = plugin("mask", "filter", "{\"result\":{\"text\":\"****\",\"n\":1}}");

        HookOutcome.Completed outcome = completed(HookCalls.filter("{\"text\":\"darn\",\"n\":1}"), mask);
        assertThat(outcome.payload().result()).hasToString("{\"text\":\"****\",\"n\":1}");
        assertThat(outcome.handledBy()).containsExactly(new PluginId("mask"));
        HandlerExecution execution = outcome.executions().getFirst();
        assertThat(execution.status()).isEqualTo(Status.COMPLETED);
        assertThat(execution.changed())
                .hasToString("[{\"op\":\"replace\",\"path\":\"/result/text\",\"value\":\"****\"}]");
        assertThat(execution.usage().fuel().units()).isPositive();
    }

    @Test
    void a_result_goes_through_the_whole_chain_in_order() {
        EnabledPlugin first = plugin("aa", "filter", "{\"result\":\"first\"}");
        EnabledPlugin second = plugin("bb", "filter", "{\"result\":\"second\"}");

        HookOutcome.Completed outcome = completed(HookCalls.filter("\"start\""), second, first);

        assertThat(outcome.payload().result()).hasToString("\"second\"");
        assertThat(outcome.executions())
                .extracting(execution -> execution.changed().toString())
                .containsExactly(
                        "[{\"op\":\"replace\",\"path\":\"/result\",\"value\":\"first\"}]",
                        "[{\"op\":\"replace\",\"path\":\"/result\",\"value\":\"second\"}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"filter | ''", "filter | {}", "before | ''", "before | {}", "after | ''", "after | no JSON at all"
            })
    void an_empty_answer_changes_nothing(String type, String answer) {
        HookCall call = HookCalls.of("{\"type\":\"" + type + "\",\"args\":[1],\"kwargs\":{\"a\":2},\"result\":3}");

        HookOutcome.Completed outcome = completed(call, plugin("quiet", type, answer));

        assertThat(outcome.payload()).isEqualTo(call.payload());
        assertThat(outcome.handledBy()).containsExactly(new PluginId("quiet"));
        assertThat(outcome.executions().getFirst().changed()).isEmpty();
    }

    @Test
    void a_handler_finds_its_kept_instance_where_that_was_granted() {
        String abortsTheSecondTime = """
                (module (memory (export "memory") 1) (global $served (mut i32) (i32.const 0))
                  (func (export "handle") (result i32)
                    (if (global.get $served) (then unreachable))
                    (global.set $served (i32.const 1))
                    (i32.const 0)))
                """;
        EnabledPlugin fresh = EnabledPlugins.of(SANDBOX, "fresh", "\"type\":\"after\"", abortsTheSecondTime);
        EnabledPlugin pooled = new EnabledPlugin(
                fresh.plugin(),
                fresh.limits(),
                fresh.module(),
                fresh.functions(),
                fresh.http(),
                Optional.of(new InstancePool(TenantId.DEFAULT, fresh.plugin().id())));
        HookCall call = HookCalls.of("{\"type\":\"after\"}");

        assertThat(List.of(status(call, fresh), status(call, fresh)))
                .containsExactly(Status.COMPLETED, Status.COMPLETED);
        assertThat(List.of(status(call, pooled), status(call, pooled), status(call, pooled)))
                .containsExactly(Status.COMPLETED, Status.FAILED, Status.COMPLETED);
    }

    private Status status(HookCall call, EnabledPlugin plugin) {
        return completed(call, plugin).executions().getFirst().status();
    }

    @Test
    void a_before_handler_changes_arguments() {
        HookCall call = HookCalls.of("{\"type\":\"before\",\"args\":[1],\"kwargs\":{\"level\":\"hard\"}}");

        HookOutcome.Completed outcome =
                completed(call, plugin("easy", "before", "{\"args\":[2],\"kwargs\":{\"level\":\"easy\"}}"));

        assertThat(outcome.payload().args()).hasToString("[2]");
        assertThat(outcome.payload().kwargs()).hasToString("{\"level\":\"easy\"}");
        assertThat(outcome.stopped()).isEmpty();
    }

    @Test
    void a_before_handler_stops_the_call_and_the_rest_do_not_run() {
        HookOutcome.Completed outcome = completed(
                HookCalls.of("{\"type\":\"before\"}"),
                plugin("aa-stop", "before", "{\"stop\":\"too late in the evening\"}"),
                plugin("bb-never", "before", "{}"));

        assertThat(outcome.stopped())
                .contains(new HookOutcome.Stop(new PluginId("aa-stop"), "too late in the evening"));
        assertThat(outcome.executions()).extracting(HandlerExecution::status).containsExactly(Status.STOPPED);
    }

    @Test
    void the_first_replace_handler_that_answers_wins() {
        HookOutcome.Completed outcome = completed(
                HookCalls.of("{\"type\":\"replace\"}"),
                plugin("aa-pass", "replace", "{\"pass\":true}"),
                plugin("bb-wins", "replace", "{\"result\":\"mine\"}"),
                plugin("cc-never", "replace", "{\"result\":\"other\"}"));

        assertThat(outcome.payload().result()).hasToString("\"mine\"");
        assertThat(outcome.handledBy()).containsExactly(new PluginId("bb-wins"));
        assertThat(outcome.executions())
                .extracting(HandlerExecution::status)
                .containsExactly(Status.PASSED, Status.COMPLETED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filter  | not JSON",
                "filter  | [1]",
                "filter  | {\"results\":1}",
                "filter  | {\"result\":1} {}",
                "filter  | {\"result\":1,\"result\":2}",
                "before  | {\"args\":{}}",
                "before  | {\"kwargs\":[]}",
                "before  | {\"stop\":7}",
                "before  | {\"stop\":\"x\",\"args\":[]}",
                "before  | {\"result\":1}",
                "replace | {}",
                "replace | {\"pass\":false}",
                "replace | {\"pass\":true,\"result\":1}",
                "replace | 7"
            })
    void an_answer_of_another_form_is_a_failure_with_its_own_code(String type, String answer) {
        HookCall call = HookCalls.of("{\"type\":\"" + type + "\",\"result\":\"kept\"}");

        HookOutcome.Completed outcome = completed(call, plugin("wrong", type, answer));

        HandlerExecution execution = outcome.executions().getFirst();
        assertThat(execution.status()).isEqualTo(Status.FAILED);
        assertThat(execution.problem())
                .map(HandlerExecution.Problem::code)
                .contains(ProblemCode.HANDLER_OUTPUT_INVALID);
        assertThat(outcome.payload()).isEqualTo(call.payload());
        assertThat(outcome.handledBy()).isEmpty();
    }

    @Test
    void a_failing_handler_is_skipped_when_it_is_open() {
        HookOutcome.Completed outcome = completed(
                HookCalls.filter("\"start\""),
                guest("aa-aborts", "filter", "open", Guests.aborting()),
                guest("bb-fails", "filter", "open", Guests.failing()),
                plugin("cc-works", "filter", "{\"result\":\"end\"}"));

        assertThat(outcome.payload().result()).hasToString("\"end\"");
        assertThat(outcome.executions())
                .extracting(execution -> execution.problem().map(HandlerExecution.Problem::code))
                .containsExactly(
                        Optional.of(ProblemCode.UNREACHABLE), Optional.of(ProblemCode.PLUGIN_ERROR), Optional.empty());
    }

    @Test
    void every_call_of_a_handler_is_told_to_the_history_with_how_it_ended() {
        completed(
                HookCalls.filter("\"start\""),
                guest("aa-aborts", "filter", "open", Guests.aborting()),
                plugin("bb-lies", "filter", "{\"no\":1}"),
                plugin("cc-works", "filter", "{\"result\":\"end\"}"));

        assertThat(told)
                .containsExactly(
                        "aa-aborts HOOK Optional[UNREACHABLE]",
                        "bb-lies HOOK Optional[HANDLER_OUTPUT_INVALID]",
                        "cc-works HOOK Optional.empty");
    }

    @Test
    void a_failing_handler_refuses_the_call_when_it_is_closed() {
        HookOutcome outcome = run(
                HookCalls.filter("\"start\""),
                guest("aa-aborts", "filter", "closed", Guests.aborting()),
                plugin("bb-never", "filter", "{\"result\":\"end\"}"));

        assertThat(outcome).isInstanceOfSatisfying(HookOutcome.Refused.class, refused -> {
            assertThat(refused.by()).isEqualTo(new PluginId("aa-aborts"));
            assertThat(refused.problem().code()).isEqualTo(ProblemCode.UNREACHABLE);
            assertThat(refused.executions()).hasSize(1);
        });
    }

    @Test
    void a_chain_that_takes_too_long_ends_at_its_total_deadline_and_the_next_call_is_unaffected() {
        HookCall hurried = HookCalls.filter("1", "\"deadline_ms\":100");

        HookOutcome outcome = run(hurried, guest("aa-loops", "filter", "open", Guests.looping()));

        assertThat(outcome).isInstanceOf(HookOutcome.DeadlineExceeded.class);
        assertThat(completed(HookCalls.filter("1"), plugin("works", "filter", "{\"result\":2}"))
                        .payload()
                        .result())
                .hasToString("2");
    }

    @Test
    void a_running_handler_is_stopped_when_its_plugin_is_cancelled() {
        CompletableFuture<HookOutcome> running =
                dispatcher.run(HookCalls.filter("1"), chain(guest("aa-loops", "filter", "open", Guests.looping())));

        while (calls.cancel(TenantId.DEFAULT, new PluginId("aa-loops"), "disabled") == 0) {
            Thread.onSpinWait();
        }

        HookOutcome outcome = running.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(outcome.executions().getFirst().problem())
                .map(HandlerExecution.Problem::code)
                .contains(ProblemCode.CALL_CANCELLED);
    }

    @Test
    void nobody_subscribed_means_unchanged() {
        HookCall call = HookCalls.filter("{\"a\":1}");

        HookOutcome.Completed outcome = completed(call);

        assertThat(outcome.payload()).isEqualTo(call.payload());
        assertThat(outcome.handledBy()).isEmpty();
        assertThat(outcome.executions()).isEmpty();
    }

    private HookOutcome.Completed completed(HookCall call, EnabledPlugin... plugins) {
        return (HookOutcome.Completed) run(call, plugins);
    }

    private HookOutcome run(HookCall call, EnabledPlugin... plugins) {
        return dispatcher
                .run(call, chain(plugins))
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static HookChain chain(EnabledPlugin... plugins) {
        return HookChain.of(new HookName("story"), HookPolicy.NONE, snapshot(plugins));
    }

    private static EnabledPlugin plugin(String id, String type, String answer) {
        return guest(id, type, "open", answer.isEmpty() ? Guests.silent() : Guests.answering(answer));
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
