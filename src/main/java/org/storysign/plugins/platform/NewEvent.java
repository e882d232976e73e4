package org.storysign.plugins.platform;

import java.util.Optional;
import org.storysign.plugins.identity.EventId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.manifest.HookName;

/**
 * A hook that shall be handled later.
 *
 * @param sender whose it is
 * @param user on whose behalf, whatever the call says
 * @param depth how many emitted hooks led here, this one included; 0 when the product sends it
 * @param call JSON text of what POST /hooks/{hook_name} takes
 */
public record NewEvent(
        EventId id,
        Sender sender,
        HookName hook,
        Optional<UserId> user,
        Optional<OrderingKey> key,
        int depth,
        String call) {

    public NewEvent {
        if (depth < 0) {
            throw new IllegalArgumentException("depth is negative: " + depth);
        }
    }

    /** Who sends an event: a plugin, or the product itself. */
    public record Sender(TenantId tenant, Optional<PluginId> plugin) {}
}
