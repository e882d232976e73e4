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

    private record Key(TenantId tenant, PluginId plugin) {}

    /** A wish to stop for a call that begins now. */
    public Cancellation begin(TenantId tenant, PluginId plugin) {
        Cancellation cancellation = new Cancellation();
        running.compute(new Key(tenant, plugin), (key, calls) -> {
            Set<Cancellation> those = calls == null ? ConcurrentHashMap.newKeySet() : calls;
            those.add(cancellation);
            return those;
        });
        return cancellation;
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
