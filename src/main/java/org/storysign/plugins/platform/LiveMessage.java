package org.storysign.plugins.platform;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;

/**
 * What a plugin says to the live connections of its tenant's users.
 *
 * @param user to whom; empty for everybody who listens to the channel
 * @param channel about what; never empty when {@code user} is
 * @param kind what the payload is
 * @param payload JSON text
 */
public record LiveMessage(
        UUID id,
        TenantId tenant,
        PluginId plugin,
        Optional<UserId> user,
        Optional<String> channel,
        Kind kind,
        String payload) {

    /** What a payload is. */
    public enum Kind {
        /** What the plugin made. */
        MESSAGE,
        /** A notification as it is kept: {@code {"id", "level", "title", "body", "link"}}. */
        NOTIFICATION,
        /** The same of a toast. */
        TOAST;

        public String publicName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a channel is called. */
    public static final Pattern CHANNEL = Pattern.compile("[a-z0-9][a-z0-9_.:-]{0,99}");

    /** Largest payload, in bytes of UTF-8 of its JSON text. */
    public static final int LARGEST_PAYLOAD = 16 << 10;

    public LiveMessage {
        if (user.isEmpty() && channel.isEmpty()) {
            throw new IllegalArgumentException("a message is for a user or for a channel");
        }
    }

    /** As the plugin made it. */
    public LiveMessage(
            UUID id,
            TenantId tenant,
            PluginId plugin,
            Optional<UserId> user,
            Optional<String> channel,
            String payload) {
        this(id, tenant, plugin, user, channel, Kind.MESSAGE, payload);
    }

    /** What pages read: {@code message}, {@code broadcast}, {@code notification} or {@code toast}. */
    public String type() {
        return user.isEmpty() ? "broadcast" : kind.publicName();
    }
}
