package org.storysign.plugins.plugin;

import java.util.List;

/**
 * What is stored as enabled for one tenant, read in one transaction with the tenant's revision.
 *
 * @param revision 0 when nothing was ever changed
 * @param policy what they may have at all
 * @param enabled every plugin in the state {@code enabled}
 * @param quarantined every plugin in the state {@code quarantined}
 */
public record StoredCatalog(long revision, List<Plugin> enabled, TenantPolicy policy, List<Plugin> quarantined) {

    /** With nothing in quarantine. */
    public StoredCatalog(long revision, List<Plugin> enabled, TenantPolicy policy) {
        this(revision, enabled, policy, List.of());
    }

    /** Under the usual policy. */
    public StoredCatalog(long revision, List<Plugin> enabled) {
        this(revision, enabled, TenantPolicy.USUAL);
    }

    public StoredCatalog {
        enabled = List.copyOf(enabled);
        quarantined = List.copyOf(quarantined);
    }
}
