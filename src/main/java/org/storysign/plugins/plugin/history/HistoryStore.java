package org.storysign.plugins.plugin.history;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;

/** Port: what plugins did, for as long as it is kept. */
public interface HistoryStore {

    /**
     * Adds what happened, all of it or nothing. Blocks its caller, an ordinary thread. Throws {@code ProblemException} when it
     * is to be tried again; calls that are known are then passed over.
     */
    void write(TenantId tenant, HistoryBatch batch);

    /** The newest first. */
    Uni<List<CallRecord>> calls(TenantId tenant, CallFilter filter, int limit);

    /** Those with a smaller sequence than the filter's, the newest first. */
    Uni<List<LineRecord>> linesBefore(TenantId tenant, LineFilter filter, int limit);

    /** Those with a greater sequence, the oldest first. A tenant's sequences become visible in their order. */
    Uni<List<LineRecord>> linesAfter(TenantId tenant, LineFilter filter, int limit);

    /** Every amount from an hour on, the oldest hour first. */
    Uni<List<HistoryBatch.Amount>> usage(TenantId tenant, PluginId plugin, Instant since);

    /** The most that any one call used of each, of the calls that are kept and ended since; 0 where there was none. */
    Uni<CallRecord.Figures> most(TenantId tenant, PluginId plugin, Instant since);

    /** What a plugin's data comes to now. */
    Uni<StoredData> stored(TenantId tenant, PluginId plugin);

    /** A plugin's keys, and their bytes with those of their values. */
    record StoredData(long keys, long bytes) {}
}
