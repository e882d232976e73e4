package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;

/** Port: what plugins were denied so far, summed up by plugin. Fails with {@code ProblemException} {@code database-unavailable}. */
public interface DenialHistory {

    /** Of one plugin, or of all of the tenant's that were ever denied anything. The most frequent first. */
    Uni<Map<PluginId, List<Denied>>> of(TenantId tenant, Optional<PluginId> only);
}
