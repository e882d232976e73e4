package org.storysign.plugins.hook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import org.storysign.plugins.identity.InvocationId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.manifest.HookSubscription;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginState;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.sandbox.Usage;

/** A handler whose failure is not to be passed over ({@code closed}), and whose plugin is in quarantine. */
public record AbsentLink(Plugin plugin, HookSubscription subscription) {

    PluginId id() {
        return plugin.id();
    }

    /** As {@link ChainLink#answers}. */
    boolean answers(HookCall call) {
        return ChainLink.answers(subscription, plugin.active().manifest().supportedModules(), call);
    }

    /** What the answer tells of it. */
    HandlerExecution execution() {
        return new HandlerExecution(
                id(),
                plugin.active().manifest().version(),
                subscription.handler(),
                InvocationId.random(),
                HandlerExecution.Status.FAILED,
                Usage.NONE,
                JsonNodeFactory.instance.arrayNode(),
                plugin.mode(),
                Optional.of(problem()));
    }

    /** Why the hook is refused. */
    HandlerExecution.Problem problem() {
        String why = plugin.state() instanceof PluginState.Quarantined quarantined ? quarantined.reason() : "";
        return new HandlerExecution.Problem(
                ProblemCode.PLUGIN_NOT_ENABLED,
                "plugin `" + plugin.id() + "` is in quarantine (" + why + "), and its handler `"
                        + subscription.handler() + "` is not to be passed over");
    }
}
