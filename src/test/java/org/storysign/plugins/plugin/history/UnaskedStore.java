package org.storysign.plugins.plugin.history;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;

/** A store that nobody asks for anything: tests give it what they ask for. */
abstract class UnaskedStore implements HistoryStore {

    @Override
    public void write(TenantId tenant, HistoryBatch batch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<List<CallRecord>> calls(TenantId tenant, CallFilter filter, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<List<LineRecord>> linesBefore(TenantId tenant, LineFilter filter, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<List<LineRecord>> linesAfter(TenantId tenant, LineFilter filter, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<List<HistoryBatch.Amount>> usage(TenantId tenant, PluginId plugin, Instant since) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<CallRecord.Figures> most(TenantId tenant, PluginId plugin, Instant since) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<StoredData> stored(TenantId tenant, PluginId plugin) {
        throw new UnsupportedOperationException();
    }
}
