package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;

/**
 * Port: plugins of one tenant that the platform gives to all others. Fails with {@code ProblemException} {@code database-unavailable}.
 */
public interface SharedPlugins {

    /** Who brought the releases that tenants got this way. */
    String BROUGHT_BY = "system:shared";

    /**
     * How a plugin is shared.
     *
     * @param having tenants that have its active release by sharing
     * @param lacking tenants that do not have it yet, and may; one with a plugin of this id from elsewhere is neither
     */
    record Sharing(String by, Instant since, long having, long lacking) {}

    /** A tenant that lacks the active release of a shared plugin. */
    record Lacking(TenantId tenant, TenantId owner, PluginId plugin, String version) {}

    /** How the tenant shares it; empty when it does not. */
    Uni<Optional<Sharing>> find(TenantId owner, PluginId plugin);

    /**
     * From now on all tenants get it, those to come as well. Again, it changes nothing. Fails with {@code plugin-not-found}, and {@code
     * plugin-state-conflict} when another tenant shares one of this id.
     */
    Uni<Void> share(PluginId plugin, Actor by);

    /** Nobody else gets it. False when it was not shared. */
    Uni<Boolean> unshare(PluginId plugin, Actor by);

    /** Tenants that lack something, at most so many, in no order. */
    Uni<List<Lacking>> lacking(int most);
}
