package org.storysign.plugins.plugin;

import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TraceId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.identity.UserReach;
import org.storysign.plugins.plugin.history.Occasion;

/**
 * A call of one export, asked for by a person.
 *
 * @param plugin an enabled plugin
 * @param export its function
 * @param input as the export gets it
 * @param user for whom, if for anybody
 * @param reach of which users the plugin may speak
 * @param occasion how its history tells of it
 * @param trace of the request
 */
public record PluginCall(
        PluginId plugin,
        String export,
        byte[] input,
        Optional<UserId> user,
        UserReach reach,
        Occasion occasion,
        Optional<TraceId> trace) {

    public PluginCall(PluginId plugin, String export, byte[] input, Optional<UserId> user, UserReach reach) {
        this(plugin, export, input, user, reach, Occasion.call(export), Optional.empty());
    }

    /** A call in which the plugin may speak of no user but the call's own. */
    public PluginCall(PluginId plugin, String export, byte[] input, Optional<UserId> user) {
        this(plugin, export, input, user, UserReach.CALLS_USER);
    }

    /** The same call for a request of this trace. */
    public PluginCall traced(TraceId known) {
        return new PluginCall(plugin, export, input, user, reach, occasion, Optional.of(known));
    }

    /** The same call, told otherwise. */
    public PluginCall on(Occasion other) {
        return new PluginCall(plugin, export, input, user, reach, other, trace);
    }
}
