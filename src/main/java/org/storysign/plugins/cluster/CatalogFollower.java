package org.storysign.plugins.cluster;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.plugin.PluginLifecycle;

/** Keeps this process's catalogue as new as the stored one. */
@Singleton
public final class CatalogFollower {

    @Inject
    public CatalogFollower(ChangeFeed feed, PluginCatalog catalog, PluginLifecycle lifecycle) {}

    /** Begins to listen and loads every tenant; completes when all are loaded, and then the catalogue says so. */
    public Uni<Void> start() {
        throw new IllegalStateException("not built");
    }

    /** Looks at the revisions and refreshes what is behind; also takes over expired leases. To be called every few seconds. */
    public Uni<Void> poll() {
        throw new IllegalStateException("not built");
    }
}
