package org.storysign.plugins.plugin;

import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.identity.UserReach;

/**
 * A call of one export, asked for by a person.
 *
 * @param plugin an enabled plugin
 * @param export its function
 * @param input as the export gets it
 * @param user for whom, if for anybody
 * @param reach of which users the plugin may speak
 */
public record PluginCall(PluginId plugin, String export, byte[] input, Optional<UserId> user, UserReach reach) {

    /** A call in which the plugin may speak of no user but the call's own. */
    public PluginCall(PluginId plugin, String export, byte[] input, Optional<UserId> user) {
        this(plugin, export, input, user, UserReach.CALLS_USER);
    }
}
