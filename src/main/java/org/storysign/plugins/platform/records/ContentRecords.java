package org.storysign.plugins.platform.records;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.platform.ContentDraft;
import org.storysign.plugins.platform.ContentItem;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.WriteOutcome;

/** Port: the product's content. Fails with {@code ProblemException} {@code database-unavailable}. */
public interface ContentRecords {

    /** Whosever it is. */
    Uni<Optional<ContentItem>> find(TenantId tenant, String id);

    /** Writes if the condition holds: {@code Done} or {@code ConditionFailed}. A plugin's item stays that plugin's. */
    Uni<WriteOutcome> put(TenantId tenant, String id, ContentDraft draft, WriteCondition condition);

    /** Removes if the condition holds: {@code Done}, {@code ConditionFailed} or {@code Missing}. */
    Uni<WriteOutcome> delete(TenantId tenant, String id, WriteCondition condition);
}
