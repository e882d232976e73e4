package org.storysign.plugins.platform.records;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.UserId;

/**
 * Port: all that is kept about one user, across the tenant's plugins and services. Each use is audited in the transaction of its own.
 * Fails with {@code ProblemException} {@code database-unavailable}.
 */
public interface UserArchive {

    /** At most {@code limit} documents after the first {@code skipped}, and none more once they have 8 MiB together. */
    Uni<List<Document>> export(Actor actor, UserId user, long skipped, int limit);

    /** Removes all of it; the audit trail keeps who did so for which user. */
    Uni<Erased> erase(Actor actor, UserId user);

    /**
     * Something that is kept.
     *
     * @param part {@code user}, {@code data}, {@code content}, {@code analytics} or {@code notification}
     * @param json an object
     */
    record Document(String part, String json) {}

    /** How much was removed: the user's own record (0 or 1), plugins' keys, items of content, events, notifications. */
    record Erased(long users, long keys, long items, long events, long notifications) {}
}
