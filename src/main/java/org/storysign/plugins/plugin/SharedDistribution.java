package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.plugin.SharedPlugins.Lacking;
import org.storysign.plugins.problem.Category;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.WasmBinary;

/**
 * Brings shared plugins into the tenants that lack them, as an upload would be brought: scanned, signatures and policy asked, audited. There
 * each is the tenant's own from then on, with its grants, consent, configuration and data; a further release waits like any other. Every
 * process does it; what one has brought already changes nothing when another brings it. Safe for concurrent use.
 */
@Singleton
public final class SharedDistribution {

    /** Tenants looked after in one go. */
    static final int MOST = 50;

    /** What a tenant's policy refuses is tried again after this. */
    static final Duration PAUSE = Duration.ofMinutes(10);

    private static final System.Logger LOG = System.getLogger(SharedDistribution.class.getName());

    private final SharedPlugins shared;
    private final PluginStore store;
    private final PluginInstaller installer;
    private final Clock clock;
    private final Map<Lacking, Instant> refused = new ConcurrentHashMap<>();

    @Inject
    public SharedDistribution(SharedPlugins shared, PluginStore store, PluginInstaller installer, Clock clock) {
        this.shared = shared;
        this.store = store;
        this.installer = installer;
        this.clock = clock;
    }

    /** Brings what is lacking, to {@link #MOST} tenants at most. To how many it was. */
    public Uni<Integer> bring() {
        Instant now = clock.instant();
        refused.values().removeIf(until -> !until.isAfter(now));
        return shared.lacking(MOST + refused.size())
                .flatMap(all -> Multi.createFrom()
                        .iterable(all.stream()
                                .filter(lacking -> !refused.containsKey(lacking))
                                .limit(MOST)
                                .toList())
                        .onItem()
                        .transformToUniAndConcatenate(this::bring)
                        .collect()
                        .with(Collectors.summingInt(brought -> brought ? 1 : 0)));
    }

    private Uni<Boolean> bring(Lacking lacking) {
        Actor actor = new Actor(SharedPlugins.BROUGHT_BY, lacking.tenant(), Set.of(Role.ADMIN));
        return content(lacking)
                .flatMap(found -> found.map(content -> installer
                                .install(content, actor, Map.of("source", "shared by the platform"))
                                .replaceWith(true))
                        .orElseGet(() -> Uni.createFrom().item(false)))
                .onFailure()
                .recoverWithItem(why -> {
                    if (why instanceof ProblemException problem
                            && problem.code().category() != Category.CAPACITY) {
                        refused.put(lacking, clock.instant().plus(PAUSE));
                    }
                    LOG.log(
                            System.Logger.Level.WARNING,
                            () -> "shared plugin is not brought tenant=" + lacking.tenant() + " plugin="
                                    + lacking.plugin() + ": " + why.getMessage());
                    return false;
                });
    }

    /** The active release as it was brought to who shares it; empty when it is another one meanwhile. */
    private Uni<Optional<PluginPackage>> content(Lacking lacking) {
        return store.find(lacking.owner(), lacking.plugin())
                .map(found -> found.map(Plugin::active)
                        .filter(active -> active.manifest().version().value().equals(lacking.version())))
                .flatMap(found -> found.map(release -> content(lacking, release).map(Optional::of))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
    }

    private Uni<PluginPackage> content(Lacking lacking, Release release) {
        return store.artifact(lacking.owner(), release.moduleDigest())
                .map(module -> module.map(WasmBinary::toBytes).orElseThrow(() -> lost(release.moduleDigest())))
                .flatMap(module -> files(lacking, release)
                        .map(files -> new PluginPackage(
                                release.manifest().source().toString().getBytes(StandardCharsets.UTF_8),
                                module,
                                PackageFiles.of(files),
                                signatures(release))));
    }

    private Uni<Map<String, byte[]>> files(Lacking lacking, Release release) {
        Map<String, byte[]> files = new HashMap<>();
        return Multi.createFrom()
                .iterable(release.manifest().files().entrySet())
                .onItem()
                .transformToUniAndConcatenate(file -> store.file(lacking.owner(), file.getValue())
                        .invoke(content -> files.put(file.getKey(), content.orElseThrow(() -> lost(file.getValue())))))
                .collect()
                .last()
                .replaceWith(files);
    }

    private static List<byte[]> signatures(Release release) {
        return release.signatures().stream()
                .map(signature -> Base64.getEncoder().encode(signature.value()))
                .toList();
    }

    private static IllegalStateException lost(Digest digest) {
        return new IllegalStateException("what belongs to a shared package is not in the database: " + digest);
    }
}
