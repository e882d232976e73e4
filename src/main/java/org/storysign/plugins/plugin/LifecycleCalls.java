package org.storysign.plugins.plugin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.plugin.history.Invocation;
import org.storysign.plugins.plugin.history.InvocationLog;
import org.storysign.plugins.plugin.history.Occasion;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.CallResult;
import org.storysign.plugins.sandbox.Cancellation;
import org.storysign.plugins.sandbox.Sandbox;

/** Calls the exports that belong to turns of a plugin's life. Safe for concurrent use; never blocks its caller. */
@Singleton
public final class LifecycleCalls {

    private static final System.Logger LOG = System.getLogger(LifecycleCalls.class.getName());

    private final Sandbox sandbox;
    private final InvocationLog log;

    @Inject
    public LifecycleCalls(Sandbox sandbox, InvocationLog log) {
        this.sandbox = sandbox;
        this.log = log;
    }

    /**
     * Makes a trial instance and then calls {@code initialize} once if the manifest names it. Fails with
     * {@code initialize-failed} when the guest is stopped or says that it failed.
     */
    Uni<Void> initialize(EnabledPlugin plugin) {
        Optional<String> export =
                plugin.plugin().active().manifest().lifecycle().initialize();
        return onGuestThread(plugin, () -> {
                    require(plugin, "instantiation", sandbox.trial(request(plugin, export.orElse(""))));
                    export.ifPresent(name -> require(plugin, "`" + name + "`", run(plugin, name)));
                    return true;
                })
                .replaceWithVoid();
    }

    /** Calls {@code cleanup} if the manifest names it; its failure is logged and blocks nothing. */
    Uni<Void> cleanup(EnabledPlugin plugin) {
        Optional<String> export =
                plugin.plugin().active().manifest().lifecycle().cleanup();
        if (export.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return onGuestThread(plugin, () -> {
                    require(plugin, "`" + export.get() + "`", run(plugin, export.get()));
                    return true;
                })
                .onFailure()
                .invoke(failure -> LOG.log(
                        System.Logger.Level.WARNING,
                        () -> "cleanup failed plugin=" + plugin.plugin().id() + ": " + failure.getMessage()))
                .onFailure()
                .recoverWithItem(false)
                .replaceWithVoid();
    }

    /** Calls an export with the input that {@code initialize} has. A trap is a result. */
    Uni<CallResult> call(EnabledPlugin plugin, String export) {
        return onGuestThread(plugin, () -> run(plugin, export));
    }

    private CallResult run(EnabledPlugin plugin, String export) {
        CallRequest request = request(plugin, export);
        return log.keep(
                new Invocation(request.context(), plugin.release(), Occasion.lifecycle(export), Optional.empty()),
                () -> sandbox.call(request));
    }

    private <T> Uni<T> onGuestThread(EnabledPlugin plugin, Callable<T> work) {
        return Workers.stage(
                () -> sandbox.submit(plugin.plugin().tenant(), plugin.plugin().id(), work));
    }

    private static void require(EnabledPlugin plugin, String step, CallResult result) {
        switch (result) {
            case CallResult.Returned returned -> {}
            case CallResult.Trapped trapped ->
                throw new ProblemException(
                        ProblemCode.INITIALIZE_FAILED,
                        "plugin `" + plugin.plugin().id() + "` failed in " + step + ": " + trapped.message(),
                        Map.of(
                                FactKey.TRAP, trapped.trap().code().code(),
                                FactKey.GUEST_STACK, trapped.stack().functions()));
        }
    }

    /** Input: {@code {"plugin_id", "tenant", "config"}}. */
    private static CallRequest request(EnabledPlugin plugin, String export) {
        Plugin stored = plugin.plugin();
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.put("plugin_id", stored.id().value());
        input.put("tenant", stored.tenant().value());
        input.set("config", stored.config());
        CallContext context = new CallContext(stored.tenant(), Optional.empty(), stored.id(), InvocationId.random(), 0);
        return PluginCaller.request(
                plugin, export, input.toString().getBytes(StandardCharsets.UTF_8), context, new Cancellation());
    }
}
