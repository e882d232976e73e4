package org.storysign.plugins.platform;

import java.util.List;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.Permission;

/**
 * On what terms a plugin is linked to the platform.
 *
 * @param tenant whose plugin
 * @param plugin who
 * @param version of its manifest, for messages
 * @param asked what its manifest asks for; what it calls optional may be refused
 * @param grants what it was given
 * @param data what it may keep
 */
public record PlatformTerms(
        TenantId tenant, PluginId plugin, String version, List<Permission> asked, Grants grants, DataLimits data) {

    public PlatformTerms {
        asked = List.copyOf(asked);
    }
}
