package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.DataWrite;
import org.storysign.plugins.platform.KeyValueStore.KeyRange;
import org.storysign.plugins.platform.StoredValue;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.WriteOutcome;

/**
 * Port: plugins' stored data in the hands of people. The same data as {@code KeyValueStore}; here nobody waits on a thread, and every
 * change is one transaction with its audit entry (written only when something changed). Fails with {@code ProblemException}
 * {@code database-unavailable}.
 */
public interface PluginDataStore {

    Uni<Optional<StoredValue>> get(DataOwner owner, String key);

    /** Keys that begin with the prefix, in order of their bytes. */
    Uni<List<String>> keys(DataOwner owner, KeyRange range);

    /** Writes if the condition holds and the owner stays within {@code limits}, counted over all of the plugin's keys. */
    Uni<WriteOutcome> put(DataOwner owner, DataWrite write, DataLimits limits, AuditEntry audit);

    /** Removes if the condition holds. */
    Uni<WriteOutcome> delete(DataOwner owner, String key, WriteCondition condition, AuditEntry audit);
}
