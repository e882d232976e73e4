package org.storysign.plugins.plugin.history;

import java.util.function.BiConsumer;
import org.storysign.plugins.identity.TenantId;

/** A store of which nobody reads. */
final class WriteOnlyStore extends UnaskedStore {

    private final BiConsumer<TenantId, HistoryBatch> writing;

    WriteOnlyStore(BiConsumer<TenantId, HistoryBatch> writing) {
        this.writing = writing;
    }

    @Override
    public void write(TenantId tenant, HistoryBatch batch) {
        writing.accept(tenant, batch);
    }
}
