package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.wasm.ModuleReader;
import org.storysign.plugins.wasm.Preflight;
import org.storysign.plugins.wasm.WasmBinary;
import org.storysign.plugins.wasm.WasmModule;
import org.storysign.plugins.wasm.scan.FactFinder;
import org.storysign.plugins.wasm.scan.ModuleFacts;

/**
 * What is known of modules: found out when a package is brought and kept with it; of modules that came before, found out when somebody asks.
 * Safe for concurrent use.
 */
@Singleton
public final class KnownModules {

    private static final System.Logger LOG = System.getLogger(KnownModules.class.getName());

    private final PluginStore store;
    private final FactStore facts;
    private final ImportPowers powers;

    @Inject
    public KnownModules(PluginStore store, FactStore facts, ImportPowers powers) {
        this.store = store;
        this.facts = facts;
        this.powers = powers;
    }

    /** Finds out and keeps what there is to know of a module that is stored already. That it cannot be kept fails nothing. */
    Uni<Void> learn(TenantId tenant, WasmModule module) {
        return Workers.supply(() -> FactFinder.facts(module))
                .flatMap(found -> keep(tenant, module.binary().digest(), found))
                .replaceWithVoid();
    }

    /** What a release asks for against what its module imports. */
    Uni<PermissionUse> use(TenantId tenant, Release release) {
        return uses(tenant, List.of(release))
                .map(found -> found.getOrDefault(release.packageDigest(), PermissionUse.UNKNOWN));
    }

    /** The same for several releases, by their packages: those whose modules can be read. */
    Uni<Map<Digest, PermissionUse>> uses(TenantId tenant, List<Release> releases) {
        return of(tenant, releases.stream().map(Release::moduleDigest).toList())
                .map(found -> releases.stream()
                        .filter(release -> found.containsKey(release.moduleDigest()))
                        .collect(Collectors.toMap(Release::packageDigest, release -> use(release, found))));
    }

    private PermissionUse use(Release release, Map<Digest, ModuleFacts> facts) {
        return use(release, Objects.requireNonNull(facts.get(release.moduleDigest())));
    }

    /** The same of a module that was looked at. */
    PermissionUse use(Release release, ModuleFacts facts) {
        return powers.use(release.manifest(), facts);
    }

    /** The facts of those modules that can be read. */
    public Uni<Map<Digest, ModuleFacts>> of(TenantId tenant, Collection<Digest> modules) {
        if (modules.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return facts.find(tenant, modules).flatMap(kept -> {
            Map<Digest, ModuleFacts> known = new HashMap<>(kept);
            known.values().removeIf(old -> old.version() != ModuleFacts.CURRENT);
            Set<Digest> missing = new LinkedHashSet<>(modules);
            missing.removeAll(known.keySet());
            return Multi.createFrom()
                    .iterable(missing)
                    .onItem()
                    .transformToUniAndConcatenate(module ->
                            find(tenant, module).invoke(found -> found.ifPresent(facts -> known.put(module, facts))))
                    .collect()
                    .last()
                    .replaceWith(known);
        });
    }

    private Uni<Optional<ModuleFacts>> find(TenantId tenant, Digest module) {
        return store.artifact(tenant, module)
                .flatMap(binary -> Workers.supply(() -> binary.map(KnownModules::facts)))
                .onFailure(ProblemException.class)
                .recoverWithItem(Optional.empty())
                .call(found -> found.map(facts -> keep(tenant, module, facts))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> keep(TenantId tenant, Digest module, ModuleFacts found) {
        return facts.keep(tenant, module, found).onFailure().recoverWithItem(failure -> {
            LOG.log(System.Logger.Level.WARNING, () -> "facts of module " + module + " are not kept", failure);
            return null;
        });
    }

    /** What was accepted at whichever level is read here. */
    private static ModuleFacts facts(WasmBinary binary) {
        return FactFinder.facts(ModuleReader.read(Preflight.check(binary, SecurityLevel.MINIMAL.code())));
    }
}
