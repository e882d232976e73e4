package org.storysign.plugins.plugin.source;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import org.storysign.plugins.plugin.InstallOutcome;
import org.storysign.plugins.plugin.PluginPackage;

/** Where a package goes once its bytes are here: the way of every upload. */
@FunctionalInterface
public interface Arrival {

    /** @param origin what the audit trail is to know of where it came from */
    Uni<InstallOutcome> install(PluginPackage upload, Map<String, String> origin);
}
