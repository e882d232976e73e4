package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.Version;

/** A platform that shares no plugins; sharing needs the database. */
record NothingShared() implements SharedPlugins {

    @Override
    public Uni<List<SharedOffer>> offers(TenantId tenant, Optional<PluginId> after, int limit) {
        return Uni.createFrom().item(List.of());
    }

    @Override
    public Uni<Optional<SharedOffer>> offer(TenantId tenant, PluginId id) {
        return Uni.createFrom().item(Optional.empty());
    }

    @Override
    public Uni<OptionalInt> share(PluginId id, Version version, Actor actor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<OptionalInt> withdraw(PluginId id, Actor actor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Adoption> adopt(TenantId tenant, Release offered, AuditEntry audit) {
        throw new UnsupportedOperationException();
    }
}
