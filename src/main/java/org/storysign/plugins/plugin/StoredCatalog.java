package org.storysign.plugins.plugin;

import java.util.List;

/**
 * What is stored as enabled for one tenant, read in one transaction with the tenant's revision.
 *
 * @param revision 0 when nothing was ever changed
 * @param enabled every plugin in the state {@code enabled}
 */
public record StoredCatalog(long revision, List<Plugin> enabled) {

    public StoredCatalog {
        enabled = List.copyOf(enabled);
    }
}
