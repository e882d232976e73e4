package org.storysign.plugins.platform.records;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.platform.Notice;
import org.storysign.plugins.platform.ServicePage;

/** Port: what plugins told a user, as the product shows it. Fails with {@code ProblemException} {@code database-unavailable}. */
public interface NotificationInbox {

    /** The newest first; the cursor is the number of the last one seen. */
    Uni<List<Received>> page(TenantId tenant, UserId user, Which which, ServicePage page);

    /** Whether the user has such a one. Marking again changes nothing. */
    Uni<Boolean> markRead(TenantId tenant, UserId user, long number);

    /** Which notifications. */
    enum Which {
        ALL,
        UNREAD
    }

    /**
     * A notification or toast.
     *
     * @param kind {@code notice} or {@code toast}
     * @param readAt when the user saw it
     */
    record Received(
            long number,
            PluginId plugin,
            String kind,
            Notice notice,
            Instant createdAt,
            Instant expiresAt,
            Optional<Instant> readAt) {}
}
