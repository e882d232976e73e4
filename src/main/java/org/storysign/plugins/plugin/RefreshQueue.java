package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.TenantId;

/**
 * Lets at most one refresh of a tenant run at a time. Who asks while one runs gets the next one, which begins after the asking and so
 * sees what was stored before it; all who ask meanwhile share it. Safe for concurrent use.
 */
final class RefreshQueue {

    private final Function<TenantId, Uni<CatalogSnapshot>> refresh;
    private final Map<TenantId, Line> lines = new ConcurrentHashMap<>();

    RefreshQueue(Function<TenantId, Uni<CatalogSnapshot>> refresh) {
        this.refresh = refresh;
    }

    /** One tenant's refreshes. Guarded by itself. */
    private static final class Line {
        private boolean busy;
        private @Nullable CompletableFuture<CatalogSnapshot> next;
    }

    /** The caller's own copy: cancelling it cancels nothing for others. */
    CompletableFuture<CatalogSnapshot> ask(TenantId tenant) {
        Line line = lines.computeIfAbsent(tenant, key -> new Line());
        CompletableFuture<CatalogSnapshot> mine;
        synchronized (line) {
            if (line.next != null) {
                return line.next.copy();
            }
            mine = new CompletableFuture<>();
            if (line.busy) {
                line.next = mine;
                return mine.copy();
            }
            line.busy = true;
        }
        start(tenant, line, mine);
        return mine.copy();
    }

    private void start(TenantId tenant, Line line, CompletableFuture<CatalogSnapshot> result) {
        Uni.createFrom()
                .deferred(() -> refresh.apply(tenant))
                .subscribe()
                .with(
                        snapshot -> {
                            advance(tenant, line);
                            result.complete(snapshot);
                        },
                        failure -> {
                            advance(tenant, line);
                            result.completeExceptionally(failure);
                        });
    }

    private void advance(TenantId tenant, Line line) {
        CompletableFuture<CatalogSnapshot> next;
        synchronized (line) {
            next = line.next;
            line.next = null;
            line.busy = next != null;
        }
        if (next != null) {
            start(tenant, line, next);
        }
    }
}
