package org.storysign.plugins.sandbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;

/**
 * Whose instances may be kept between calls, and how long: one for each time a plugin is enabled with a release and grants, of one
 * tenant. What a call leaves in memory, globals and variables the next may find, also one for another user; it may as well find
 * nothing, since instances are kept as long as there is room for them. None is kept after a trap, after {@code proc_exit}, of
 * {@code _start}, longer than {@link #longestAge} or for more than {@link #mostCalls} calls. Closing lets all of them go; one that
 * runs is let go when its call ends. Safe for concurrent use.
 */
public final class InstancePool implements AutoCloseable {

    /** Calls after which an instance is let go, unless said otherwise: what a leak of memory could come to stays small. */
    public static final int MOST_CALLS = 1_000;

    /** Age at which an instance is let go, unless said otherwise. */
    public static final Duration LONGEST_AGE = Duration.ofMinutes(5);

    private final TenantId tenant;
    private final PluginId plugin;
    private final int mostCalls;
    private final Duration longestAge;
    private @Nullable IdleInstances home;
    private boolean closed;

    public InstancePool(TenantId tenant, PluginId plugin) {
        this(tenant, plugin, MOST_CALLS, LONGEST_AGE);
    }

    public InstancePool(TenantId tenant, PluginId plugin, int mostCalls, Duration longestAge) {
        if (mostCalls < 1 || longestAge.isNegative()) {
            throw new IllegalArgumentException("a pooled instance serves at least one call");
        }
        this.tenant = tenant;
        this.plugin = plugin;
        this.mostCalls = mostCalls;
        this.longestAge = longestAge;
    }

    int mostCalls() {
        return mostCalls;
    }

    Duration longestAge() {
        return longestAge;
    }

    /** Nothing of one tenant or plugin is ever shown to another, whatever a caller mixes up. */
    void requireFor(CallContext context) {
        if (!context.tenant().equals(tenant) || !context.plugin().equals(plugin)) {
            throw new IllegalArgumentException("the instances of a plugin serve that plugin of that tenant alone");
        }
    }

    /** An instance is about to be kept there; false when the pool was closed. */
    synchronized boolean moveInto(IdleInstances instances) {
        home = instances;
        return !closed;
    }

    @Override
    public void close() {
        IdleInstances left;
        synchronized (this) {
            closed = true;
            left = home;
        }
        if (left != null) {
            left.discard(this);
        }
    }
}
