package org.storysign.plugins.plugin;

import org.storysign.plugins.identity.TenantId;

/** How often a tenant's plugins have changed. */
public record CatalogRevision(TenantId tenant, long revision) {}
