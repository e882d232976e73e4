package org.storysign.plugins.storage;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.SharedPlugins;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** What else in a tenant's transaction has to know of shared plugins. */
final class SharedReleases {

    private SharedReleases() {}

    /** Fails with {@code plugin-shared} when the id stands for a plugin of the platform's: a tenant brings no releases of that. */
    static Uni<Void> requireOwn(@Nullable PluginRow present, PluginRow.Key key) {
        if (present != null) {
            return present.adopted
                    ? Uni.createFrom().failure(() -> taken(key))
                    : Uni.createFrom().voidItem();
        }
        if (key.tenant().equals(SharedPlugins.HOME.value())) {
            return Uni.createFrom().voidItem();
        }
        return isOffered(key.plugin())
                .invoke(offered -> {
                    if (offered) {
                        throw taken(key);
                    }
                })
                .replaceWithVoid();
    }

    /** Fails with {@code plugin-shared} when the plugin is one that is offered to others from here. */
    static Uni<Void> requireNotOffered(Plugin plugin) {
        return plugin.tenant().equals(SharedPlugins.HOME)
                ? isOffered(plugin.id().value())
                        .invoke(offered -> {
                            if (offered) {
                                throw problem(plugin.id().value(), "is shared with all tenants; unshare it first");
                            }
                        })
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    /** Shared bytes that the present tenant points at. */
    static Uni<Optional<byte[]>> content(Digest digest) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery("SELECT shared_content(:digest)", byte[].class)
                        .setParameter("digest", digest.value())
                        .getSingleResultOrNull())
                .map(Optional::ofNullable);
    }

    /** Points at the release's packages; false when it is not offered any more. The plugin's row is written. */
    static Uni<Boolean> adopt(PluginId id, String version) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery("SELECT shared_adopt(:plugin, :version)", Boolean.class)
                        .setParameter("plugin", id.value())
                        .setParameter("version", version)
                        .getSingleResult());
    }

    private static Uni<Boolean> isOffered(String plugin) {
        return Panache.getSession()
                .flatMap(session -> session.createNativeQuery("SELECT shared_is_offered(:plugin)", Boolean.class)
                        .setParameter("plugin", plugin)
                        .getSingleResult());
    }

    private static ProblemException taken(PluginRow.Key key) {
        return problem(
                key.plugin(), "is shared by the platform, which alone brings releases of it; give your own another id");
    }

    private static ProblemException problem(String plugin, String what) {
        return new ProblemException(
                ProblemCode.PLUGIN_SHARED, "plugin `" + plugin + "` " + what, Map.of(FactKey.PLUGIN, plugin));
    }
}
