package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.signature.SignatureCheck;
import org.storysign.plugins.wasm.scan.ModuleFacts;

/** Makes security reports, of one plugin or of all. Safe for concurrent use. */
@Singleton
public final class SecurityReports {

    private static final Comparator<Ranked> WORST_FIRST =
            Comparator.comparingInt(Ranked::score).thenComparing(Ranked::plugin);

    private final StoredPlugins plugins;
    private final KnownModules modules;
    private final ReleaseSignatures signatures;
    private final DigestBlocks blocks;
    private final DenialHistory denials;
    private final Dependencies dependencies;
    private final LimitUses limits;

    @Inject
    public SecurityReports(
            PluginStore store,
            KnownModules modules,
            ReleaseSignatures signatures,
            DigestBlocks blocks,
            DenialHistory denials,
            Dependencies dependencies,
            LimitUses limits) {
        this.plugins = new StoredPlugins(store);
        this.modules = modules;
        this.signatures = signatures;
        this.blocks = blocks;
        this.denials = denials;
        this.dependencies = dependencies;
        this.limits = limits;
    }

    /**
     * A plugin's place among the others.
     *
     * @param reasons what was taken off and why, the heaviest first
     */
    public record Ranked(String plugin, String version, String state, int score, List<SecurityScore.Reason> reasons) {}

    /** Fails with {@code plugin-not-found}. */
    public Uni<SecurityReport> report(TenantId tenant, PluginId id) {
        return plugins.find(tenant, id)
                .flatMap(plugin -> known(tenant)
                        .flatMap(known -> evidence(List.of(plugin), known))
                        .flatMap(evidence -> Uni.combine()
                                .all()
                                .unis(dependencies.plan(plugin), limits.of(plugin))
                                .with((plan, use) -> SecurityReport.of(evidence.getFirst(), plan, use))));
    }

    /** By id, beginning after {@code after}, at most {@code limit}. Costs what these cost, and nothing for others. */
    public Uni<List<Ranked>> byId(TenantId tenant, Optional<PluginId> after, int limit) {
        PluginFilter page = new PluginFilter(Optional.empty(), Optional.empty(), Optional.empty(), after, limit);
        return known(tenant)
                .flatMap(known -> plugins.store().list(tenant, page).flatMap(found -> evidence(found, known)))
                .map(evidence -> evidence.stream().map(SecurityReports::ranked).toList());
    }

    /**
     * The plugins with the lowest scores, and of equal ones those whose id comes first. Scores of all are made anew: a page costs as much as all;
     * {@link #byId} does not.
     *
     * @param after the last one of the page before
     */
    public Uni<List<Ranked>> worst(TenantId tenant, Optional<Place> after, int limit) {
        return known(tenant)
                .flatMap(known -> rank(tenant, known, Optional.empty(), new ArrayList<>()))
                .map(all -> all.stream()
                        .sorted(WORST_FIRST)
                        .filter(each -> after.map(place -> place.isBefore(each)).orElse(true))
                        .limit(limit)
                        .toList());
    }

    /** Where a page ended. */
    public record Place(int score, String plugin) {

        boolean isBefore(Ranked other) {
            return score < other.score || score == other.score && plugin.compareTo(other.plugin) < 0;
        }
    }

    /** What is the same for all of a tenant's plugins. */
    private record Known(SignatureCheck signatures, List<BlockedDigest> blocks) {}

    private Uni<Known> known(TenantId tenant) {
        return Uni.combine()
                .all()
                .unis(signatures.of(tenant), blocks.list(tenant))
                .with(Known::new);
    }

    private Uni<List<Ranked>> rank(TenantId tenant, Known known, Optional<PluginId> after, List<Ranked> ranked) {
        PluginFilter page = new PluginFilter(
                Optional.empty(), Optional.empty(), Optional.empty(), after, PluginFilter.LARGEST_PAGE);
        return plugins.store()
                .list(tenant, page)
                .flatMap(found -> evidence(found, known).flatMap(evidence -> {
                    evidence.forEach(each -> ranked.add(ranked(each)));
                    return found.size() < PluginFilter.LARGEST_PAGE
                            ? Uni.createFrom().item(ranked)
                            : rank(tenant, known, Optional.of(found.getLast().id()), ranked);
                }));
    }

    private static Ranked ranked(Evidence evidence) {
        Plugin plugin = evidence.plugin();
        SecurityScore score = SecurityScore.of(evidence);
        return new Ranked(
                plugin.id().value(),
                plugin.active().manifest().version().value(),
                plugin.state().publicName(),
                score.points(),
                score.reasons());
    }

    private Uni<List<Evidence>> evidence(List<Plugin> found, Known known) {
        if (found.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<Digest> digests =
                found.stream().map(plugin -> plugin.active().moduleDigest()).toList();
        TenantId tenant = found.getFirst().tenant();
        return Uni.combine()
                .all()
                .unis(
                        modules.of(tenant, digests),
                        denials.of(tenant, found.stream().map(Plugin::id).toList()))
                .with((facts, denied) -> found.stream()
                        .map(plugin -> evidence(plugin, known, facts, denied.getOrDefault(plugin.id(), List.of())))
                        .toList());
    }

    private Evidence evidence(Plugin plugin, Known known, Map<Digest, ModuleFacts> facts, List<Denied> denied) {
        Release release = plugin.active();
        Optional<ModuleFacts> own = Optional.ofNullable(facts.get(release.moduleDigest()));
        return new Evidence(
                plugin,
                own,
                own.map(found -> modules.use(release, found)).orElse(PermissionUse.UNKNOWN),
                SignatureStanding.of(plugin, known.signatures()),
                DigestBlocks.among(known.blocks(), release),
                denied);
    }
}
