package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;

/** Port: what plugins were denied so far, summed up by plugin. Fails with {@code ProblemException} {@code database-unavailable}. */
public interface DenialHistory {

    /** Of those of the plugins that were ever denied anything. The most frequent first. */
    Uni<Map<PluginId, List<Denied>>> of(TenantId tenant, Collection<PluginId> plugins);
}
