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

/**
 * Port: plugins that the platform shares with all tenants (`decisions/021`). They live in {@link #HOME}; a tenant that adopts one has a plugin of
 * its own whose releases point at the shared packages. Every change is one transaction with its audit entries, in {@link #HOME} and in each
 * tenant concerned. Fails with {@code ProblemException} {@code database-unavailable}.
 */
public interface SharedPlugins {

    /** The platform's tenant, whose plugins may be shared. */
    TenantId HOME = new TenantId("system-shared");

    /**
     * What is offered, by id, beginning after {@code after}, at most {@code limit}.
     *
     * @param tenant who looks
     */
    Uni<List<SharedOffer>> offers(TenantId tenant, Optional<PluginId> after, int limit);

    /** One of them; empty when nothing is offered under this id. */
    Uni<Optional<SharedOffer>> offer(TenantId tenant, PluginId id);

    /**
     * Offers a release that {@link #HOME} has. Whoever adopted the plugin gets it as a release that waits, or that takes the place of one which does
     * not serve. How many tenants got it; empty when it was offered before, and nothing changed.
     */
    Uni<OptionalInt> share(PluginId id, Version version, Actor actor);

    /**
     * Offers the plugin no more, in no version. Whoever adopted it keeps what they have. How many tenants that are; empty when it was not
     * offered.
     */
    Uni<OptionalInt> withdraw(PluginId id, Actor actor);

    /**
     * Makes a plugin of the tenant from an offered release, as if it were installed. Adopted before, it stays as it is. Fails with
     * {@code plugin-shared} when the tenant has a plugin of its own under this id, {@code policy-forbids} when the tenant has no room for it,
     * {@code plugin-not-found} when it is not offered any more.
     */
    Uni<Adoption> adopt(TenantId tenant, Release offered, AuditEntry audit);

    /** What became of an adoption. */
    record Adoption(Plugin plugin, Novelty novelty) {}

    /** Whether something is new. */
    enum Novelty {
        NEW,
        KNOWN
    }
}
