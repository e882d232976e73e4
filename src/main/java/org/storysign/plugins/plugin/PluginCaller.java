package org.storysign.plugins.plugin;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.plugin.history.Invocation;
import org.storysign.plugins.plugin.history.InvocationLog;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Cancellation;
import org.storysign.plugins.sandbox.Sandbox;

/** Calls one export of an enabled plugin. Safe for concurrent use; never blocks its caller. */
@Singleton
public final class PluginCaller {

    private final PluginCatalog catalog;
    private final Sandbox sandbox;
    private final RunningCalls calls;
    private final InvocationLog log;

    @Inject
    public PluginCaller(PluginCatalog catalog, Sandbox sandbox, RunningCalls calls, InvocationLog log) {
        this.catalog = catalog;
        this.sandbox = sandbox;
        this.calls = calls;
        this.log = log;
    }

    /**
     * Fails with {@code ProblemException}: {@code plugin-not-enabled}, {@code export-missing}, {@code export-mistyped},
     * {@code input-too-large}, {@code overloaded}, {@code plugin-overloaded}. A trap is a result.
     */
    public CompletableFuture<CallResult> call(Actor actor, PluginCall call) {
        EnabledPlugin plugin =
                catalog.current(actor.tenant()).find(call.plugin()).orElse(null);
        if (plugin == null) {
            String quarantined = catalog.current(actor.tenant())
                    .quarantine(call.plugin())
                    .map(state -> ": it is in quarantine (" + state.reason() + "); an operator can enable it")
                    .orElse("");
            return CompletableFuture.failedFuture(new ProblemException(
                    ProblemCode.PLUGIN_NOT_ENABLED,
                    "the plugin `" + call.plugin() + "` is not enabled" + quarantined,
                    Map.of(FactKey.PLUGIN, call.plugin().value())));
        }
        CallContext context = new CallContext(
                actor.tenant(),
                call.user(),
                call.plugin(),
                InvocationId.random(),
                0,
                call.reach(),
                plugin.plugin().isObserved());
        return sandbox.submit(actor.tenant(), call.plugin(), plugin.module(), () -> run(plugin, call, context));
    }

    private CallResult run(EnabledPlugin plugin, PluginCall call, CallContext context) {
        Cancellation cancellation = calls.begin(context.tenant(), context.plugin());
        Invocation invocation = new Invocation(
                context, plugin.release(), call.occasion(), call.trace(), () -> Arrays.hashCode(call.input()));
        try {
            return log.keep(
                    invocation,
                    () -> sandbox.call(plugin.onItsInstances(
                            request(plugin, call.export(), call.input(), context, cancellation))));
        } finally {
            calls.end(context.tenant(), context.plugin(), cancellation);
        }
    }

    /** In a new instance. */
    static CallRequest request(
            EnabledPlugin plugin, String export, byte[] input, CallContext context, Cancellation cancellation) {
        return new CallRequest(
                        plugin.module(),
                        export,
                        input,
                        plugin.limits(),
                        context,
                        GuestConfig.of(plugin.plugin().config()),
                        plugin.functions(),
                        plugin.http(),
                        cancellation)
                .with(plugin.files());
    }
}
