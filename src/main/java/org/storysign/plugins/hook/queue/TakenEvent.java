package org.storysign.plugins.hook.queue;

import java.util.Optional;
import java.util.UUID;
import org.storysign.plugins.identity.EventId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.manifest.HookName;

/**
 * An event that a worker has leased.
 *
 * @param lease names this lease, and no other of the same event
 * @param attempt which time it is tried, from 1
 * @param call JSON text of what POST /hooks/{hook_name} takes
 */
public record TakenEvent(
        TenantId tenant,
        EventId id,
        UUID lease,
        HookName hook,
        Optional<UserId> user,
        int depth,
        int attempt,
        String call) {}
