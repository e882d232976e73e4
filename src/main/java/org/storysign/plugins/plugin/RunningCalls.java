package org.storysign.plugins.plugin;

import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.sandbox.Cancellation;

/**
 * The calls of every plugin that run in this process now, so that disabling a plugin can stop them. Whoever makes a call begins it
 * here and ends it in a {@code finally}. Safe for concurrent use.
 */
@Singleton
public final class RunningCalls {

    private final Map<Key, Set<Cancellation>> running = new ConcurrentHashMap<>();

    /** Why plugins that ceased to serve were stopped; a call of one of them that still begins is stopped at once. */
    private final Map<Key, String> stopped = new ConcurrentHashMap<>();

    private record Key(TenantId tenant, PluginId plugin) {}

    /** A wish to stop for a call that begins now; made already when the plugin ceased to serve after it was looked up. */
    public Cancellation begin(TenantId tenant, PluginId plugin) {
        Cancellation cancellation = new Cancellation();
        Key key = new Key(tenant, plugin);
        running.compute(key, (same, calls) -> {
            Set<Cancellation> those = calls == null ? ConcurrentHashMap.newKeySet() : calls;
            those.add(cancellation);
            return those;
        });
        // Registered first, looked up second; stopping does the opposite, so one of the two always sees the other.
        String reason = stopped.get(key);
        if (reason != null) {
            cancellation.cancel(reason);
        }
        return cancellation;
    }

    /** The plugin serves (again). */
    void allow(TenantId tenant, PluginId plugin) {
        stopped.remove(new Key(tenant, plugin));
    }

    /** As {@link #cancel}, and what begins later is stopped too, until the plugin is allowed. */
    int stop(TenantId tenant, PluginId plugin, String reason) {
        stopped.put(new Key(tenant, plugin), reason);
        return cancel(tenant, plugin, reason);
    }

    public void end(TenantId tenant, PluginId plugin, Cancellation cancellation) {
        running.computeIfPresent(new Key(tenant, plugin), (key, calls) -> {
            calls.remove(cancellation);
            return calls.isEmpty() ? null : calls;
        });
    }

    /** Asks every running call of the plugin to stop; how many were asked. */
    public int cancel(TenantId tenant, PluginId plugin, String reason) {
        Set<Cancellation> calls = Set.copyOf(running.getOrDefault(new Key(tenant, plugin), Set.of()));
        calls.forEach(call -> call.cancel(reason));
        return calls.size();
    }

    /** Plugins that have a call running. */
    int plugins() {
        return running.size();
    }
}
