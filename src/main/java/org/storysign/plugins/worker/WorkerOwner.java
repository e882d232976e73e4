package org.storysign.plugins.worker;

import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.sandbox.Placement;

/** Whose a worker is, for its whole life: a module of one plugin of one tenant. */
record WorkerOwner(TenantId tenant, PluginId plugin, Digest module) {

    static WorkerOwner of(Placement placement) {
        return new WorkerOwner(
                placement.tenant(), placement.plugin(), placement.source().digest());
    }
}
