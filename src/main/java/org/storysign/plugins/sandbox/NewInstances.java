package org.storysign.plugins.sandbox;

import java.util.HashMap;
import java.util.Map;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;

/**
 * Where a module's instances wait that were made as new after a call: no call can tell one from an instance that nobody had. One pool for
 * each plugin and tenant all the same, so that not even a fault of ours could show one what another left. Safe for concurrent use.
 */
public final class NewInstances implements AutoCloseable {

    private record Owner(TenantId tenant, PluginId plugin) {}

    private final Map<Owner, InstancePool> pools = new HashMap<>();
    private boolean closed;

    synchronized InstancePool of(CallContext context) {
        Owner owner = new Owner(context.tenant(), context.plugin());
        InstancePool pool = pools.get(owner);
        if (pool == null) {
            pool = new InstancePool(owner.tenant(), owner.plugin());
            pools.put(owner, pool);
            if (closed) {
                pool.close();
            }
        }
        return pool;
    }

    /** Lets all of them go; none is kept from now on. */
    @Override
    public synchronized void close() {
        closed = true;
        pools.values().forEach(InstancePool::close);
    }
}
