package org.storysign.plugins.plugin.history;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;

/** A store of which only figures are read. They are the same for every plugin. */
public record FiguresStore(List<HistoryBatch.Amount> amounts, CallRecord.Figures figures) implements HistoryStore {

    /** Of plugins that were never called. */
    public static final FiguresStore NOTHING = new FiguresStore(List.of(), new CallRecord.Figures(0, 0, 0, 0, 0));

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
        return Uni.createFrom()
                .item(amounts.stream()
                        .filter(each -> !each.hour().isBefore(since))
                        .toList());
    }

    @Override
    public Uni<CallRecord.Figures> most(TenantId tenant, PluginId plugin, Instant since) {
        return Uni.createFrom().item(figures);
    }

    @Override
    public Uni<StoredData> stored(TenantId tenant, PluginId plugin) {
        throw new UnsupportedOperationException();
    }
}
