package org.storysign.plugins.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.kit.EnabledPlugins.observed;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.hook.HandlerExecution.Status;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.kit.EnabledPlugins;
import org.storysign.plugins.kit.Guests;
import org.storysign.plugins.kit.TestSandbox;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.plugin.EnabledPlugin;
import org.storysign.plugins.plugin.LoadTerms;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.plugin.RunningCalls;
import org.storysign.plugins.sandbox.chicory.Tiering;

/** A handler of a plugin that is only observed runs and is told of; the chain goes on as if it were not there. */
class ObservedHandlerTest {

    private static final TestSandbox SANDBOX = TestSandbox.on(Tiering.INTERPRETED);

    private final List<Boolean> dry = new ArrayList<>();
    private final HookDispatcher dispatcher = new HookDispatcher(
            chains(),
            SANDBOX.sandbox(),
            new RunningCalls(),
            Clock.systemUTC(),
            (invocation, end) -> dry.add(invocation.context().dryRun()));

    @Test
    void what_it_would_have_changed_is_told_and_not_done() {
        EnabledPlugin mask = guest("aa-mask", "filter", "open", Guests.answering("{\"result\":\"****\"}"));

        HookOutcome.Completed outcome = completed(HookCalls.filter("\"darn\""), observed(mask));

        assertThat(outcome.payload().result()).hasToString("\"darn\"");
        assertThat(outcome.handledBy()).isEmpty();
        HandlerExecution execution = outcome.executions().getFirst();
        assertThat(execution.observed()).isTrue();
        assertThat(execution.status()).isEqualTo(Status.COMPLETED);
        assertThat(execution.changed()).hasToString("[{\"op\":\"replace\",\"path\":\"/result\",\"value\":\"****\"}]");
        assertThat(dry).containsExactly(true);
    }

    @Test
    void the_handlers_behind_it_are_given_what_it_was_given() {
        EnabledPlugin first = guest("aa", "filter", "open", Guests.answering("{\"result\":\"first\"}"));
        EnabledPlugin second = guest("bb", "filter", "open", Guests.answering("{\"result\":\"second\"}"));

        HookOutcome.Completed outcome = completed(HookCalls.filter("\"start\""), observed(first), second);

        assertThat(outcome.payload().result()).hasToString("\"second\"");
        assertThat(outcome.handledBy()).containsExactly(new PluginId("bb"));
        assertThat(outcome.executions()).extracting(HandlerExecution::observed).containsExactly(true, false);
        assertThat(dry).containsExactly(true, false);
    }

    @Test
    void it_replaces_nothing_and_stops_nothing() {
        EnabledPlugin replacing = guest("aa", "replace", "open", Guests.answering("{\"result\":\"mine\"}"));
        EnabledPlugin other = guest("bb", "replace", "open", Guests.answering("{\"result\":\"theirs\"}"));
        EnabledPlugin stopping = guest("cc", "before", "open", Guests.answering("{\"stop\":\"too late\"}"));

        HookOutcome.Completed replaced = completed(HookCalls.of("{\"type\":\"replace\"}"), observed(replacing), other);
        HookOutcome.Completed went = completed(HookCalls.of("{\"type\":\"before\"}"), observed(stopping));

        assertThat(replaced.payload().result()).hasToString("\"theirs\"");
        assertThat(went.stopped()).isEmpty();
        assertThat(went.executions().getFirst().status()).isEqualTo(Status.STOPPED);
        assertThat(completed(HookCalls.of("{\"type\":\"before\"}"), stopping).stopped())
                .as("it would, if it served")
                .isPresent();
    }

    @Test
    void a_closed_handler_that_fails_refuses_nothing_and_its_failure_is_told() {
        EnabledPlugin guard = guest("aa", "before", "closed", Guests.aborting());

        HookOutcome.Completed outcome = completed(HookCalls.of("{\"type\":\"before\"}"), observed(guard));

        assertThat(outcome.executions().getFirst().status()).isEqualTo(Status.FAILED);
        assertThat(run(HookCalls.of("{\"type\":\"before\"}"), guard)).isInstanceOf(HookOutcome.Refused.class);
    }

    @Test
    void one_that_computes_for_ever_leaves_the_others_half_of_the_time() {
        EnabledPlugin endless = guest("aa", "filter", "open", Guests.looping());
        EnabledPlugin other = guest("bb", "filter", "open", Guests.answering("{\"result\":\"done\"}"));
        HookCall call = HookCalls.of("{\"type\":\"filter\",\"result\":\"x\",\"deadline_ms\":400}");

        HookOutcome.Completed outcome = completed(call, observed(endless), other);

        assertThat(outcome.payload().result()).hasToString("\"done\"");
        assertThat(outcome.executions())
                .extracting(HandlerExecution::status)
                .containsExactly(Status.FAILED, Status.COMPLETED);
    }

    private HookOutcome.Completed completed(HookCall call, EnabledPlugin... plugins) {
        return (HookOutcome.Completed) run(call, plugins);
    }

    private HookOutcome run(HookCall call, EnabledPlugin... plugins) {
        HookChain chain = HookChain.of(new HookName("story"), HookPolicy.NONE, EnabledPlugins.snapshot(plugins));
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
