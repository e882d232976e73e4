package org.storysign.plugins.platform;

import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;

/** Whose key it is: the plugin's own, or the plugin's for one user. */
public record DataOwner(TenantId tenant, PluginId plugin, Optional<UserId> user) {}
