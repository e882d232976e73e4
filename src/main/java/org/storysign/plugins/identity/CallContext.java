package org.storysign.plugins.identity;

import java.util.Optional;

/**
 * For whom a plugin runs. Host functions take identity from here and from nowhere else; nothing a guest says can change it.
 *
 * @param tenant whose plugin, whose data
 * @param user the user on whose behalf the hook was triggered, if any
 * @param plugin the plugin that runs
 * @param invocation this call
 * @param depth how many emitted hooks led here, 0 for a call from outside
 * @param reach of which users the plugin may speak
 * @param dryRun whether nothing the call does may be kept
 */
public record CallContext(
        TenantId tenant,
        Optional<UserId> user,
        PluginId plugin,
        InvocationId invocation,
        int depth,
        UserReach reach,
        boolean dryRun) {

    public CallContext {
        if (depth < 0) {
            throw new IllegalArgumentException("depth is negative: " + depth);
        }
    }

    /** A call whose effects are kept. */
    public CallContext(
            TenantId tenant,
            Optional<UserId> user,
            PluginId plugin,
            InvocationId invocation,
            int depth,
            UserReach reach) {
        this(tenant, user, plugin, invocation, depth, reach, false);
    }

    /** A call in which the plugin may speak of no user but the call's own. */
    public CallContext(TenantId tenant, Optional<UserId> user, PluginId plugin, InvocationId invocation, int depth) {
        this(tenant, user, plugin, invocation, depth, UserReach.CALLS_USER);
    }
}
