package org.storysign.plugins.platform;

import java.time.LocalDate;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;

/** What a daily quota counts: one plugin's calls of one service on one day of UTC. */
public record QuotaKey(TenantId tenant, PluginId plugin, PlatformService service, LocalDate day) {}
