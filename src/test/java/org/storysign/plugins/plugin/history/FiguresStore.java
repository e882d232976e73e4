package org.storysign.plugins.plugin.history;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;

/** A store of which only figures are read. They are the same for every plugin. */
public final class FiguresStore extends UnaskedStore {

    /** Of plugins that were never called. */
    public static final FiguresStore NOTHING = new FiguresStore(List.of(), new CallRecord.Figures(0, 0, 0, 0, 0));

    private final List<HistoryBatch.Amount> amounts;
    private final CallRecord.Figures figures;

    public FiguresStore(List<HistoryBatch.Amount> amounts, CallRecord.Figures figures) {
        this.amounts = List.copyOf(amounts);
        this.figures = figures;
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
}
