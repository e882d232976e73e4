package org.storysign.plugins.rest.hooks;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.hook.ChainLink;
import org.storysign.plugins.hook.HookChain;
import org.storysign.plugins.hook.HookPolicy;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.manifest.FailurePolicy;

/** A hook: its policy, and its handlers in the order they run. */
public record HookChainView(String hook, PolicyView policy, List<HandlerView> handlers) {

    static HookChainView of(HookChain chain) {
        return new HookChainView(
                chain.hook().value(),
                PolicyView.of(chain.policy()),
                chain.links().stream().map(HandlerView::of).toList());
    }

    /** What was decided; revision 0 and nothing else when nothing ever was. */
    public record PolicyView(List<String> order, @Nullable String onError, long revision) {
        static PolicyView of(HookPolicy policy) {
            return new PolicyView(
                    policy.order().stream().map(PluginId::value).toList(),
                    policy.onError().map(FailurePolicy::publicName).orElse(null),
                    policy.revision());
        }
    }

    /** One handler; {@code onError} is what is in force; of mode observe nothing it does counts. */
    public record HandlerView(
            String pluginId,
            String release,
            String type,
            @Nullable String target,
            String handler,
            int priority,
            String onError,
            String mode) {
        static HandlerView of(ChainLink link) {
            return new HandlerView(
                    link.plugin().plugin().id().value(),
                    link.plugin().plugin().active().manifest().version().value(),
                    link.subscription().type().publicName(),
                    link.subscription().target().orElse(null),
                    link.subscription().handler(),
                    link.subscription().priority(),
                    link.onError().publicName(),
                    link.plugin().plugin().mode().publicName());
        }
    }
}
