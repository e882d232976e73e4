package org.storysign.plugins.hook;

import java.util.List;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.manifest.FailurePolicy;

/**
 * What an operator decided about a hook.
 *
 * @param order plugins to run first, in this order; the others follow by priority and id
 * @param onError wins over every manifest's {@code on_error} when present
 * @param revision its ETag; 0 when nothing was ever decided
 */
public record HookPolicy(List<PluginId> order, Optional<FailurePolicy> onError, long revision) {

    public static final HookPolicy NONE = new HookPolicy(List.of(), Optional.empty(), 0);

    public HookPolicy {
        order = List.copyOf(order);
    }
}
