package org.storysign.plugins.plugin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.signature.PackageSignature;
import org.storysign.plugins.wasm.WasmBinary;
import org.storysign.plugins.wasm.scan.ModuleFacts;

/** Plugins, releases and artifacts in maps, for tests. Keeps the audit entries it was given, and can be made to fail. */
public final class InMemoryPluginStore implements PluginStore, CatalogStore, FactStore {

    /** Of all processes on this store. */
    public final InMemoryLoadAttempts loads;

    private final Clock clock;
    private final Map<TenantId, Tenant> tenants = new TreeMap<>(Comparator.comparing(TenantId::value));
    private final List<AuditEntry> audit = new ArrayList<>();
    private final Map<BlockKey, BlockedDigest> blocked = new HashMap<>();
    private boolean down;

    public InMemoryPluginStore(Clock clock) {
        this.clock = clock;
        this.loads = new InMemoryLoadAttempts(clock);
    }

    /** One tenant's rows. */
    private static final class Tenant {
        private long revision;
        private TenantPolicy policy = TenantPolicy.USUAL;
        private final Map<PluginId, Plugin> plugins = new TreeMap<>();
        private final Map<PluginId, List<Release>> releases = new HashMap<>();
        private final Map<Digest, WasmBinary> artifacts = new HashMap<>();
        private final Map<Digest, byte[]> files = new HashMap<>();
        private final Map<Digest, ModuleFacts> facts = new HashMap<>();
    }

    /** From now on everything fails as when the database is down, or works again. */
    public synchronized void setDown(boolean isDown) {
        this.down = isDown;
    }

    public synchronized List<AuditEntry> audit() {
        return List.copyOf(audit);
    }

    public synchronized List<CatalogRevision> revisions() {
        requireUp();
        return tenants.entrySet().stream()
                .map(entry -> new CatalogRevision(entry.getKey(), entry.getValue().revision))
                .toList();
    }

    /** Puts other bytes in the place of a module, as a broken disk would. */
    public synchronized void corrupt(TenantId tenant, Digest module, byte[] bytes) {
        tenant(tenant).artifacts.put(module, new WasmBinary(bytes));
    }

    /** What is blocked: under a tenant, and under none for all of them. */
    synchronized List<BlockedDigest> blocked(TenantId tenant) {
        requireUp();
        return blocked.entrySet().stream()
                .filter(each -> each.getKey().tenant().map(tenant::equals).orElse(true))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Null when it was blocked so already; else the tenants that changed. */
    synchronized @Nullable List<TenantId> block(BlockedDigest block, TenantId tenant, AuditEntry entry) {
        requireUp();
        tenant(tenant);
        BlockKey key = new BlockKey(block.everywhere() ? Optional.empty() : Optional.of(tenant), block.digest());
        if (blocked.putIfAbsent(key, block) != null) {
            return null;
        }
        List<TenantId> changed = new ArrayList<>();
        tenants.forEach((each, rows) -> {
            boolean concerned = rows.releases.values().stream()
                    .flatMap(List::stream)
                    .anyMatch(release -> isOf(release, block.digest()));
            if (concerned && (block.everywhere() || each.equals(tenant))
                    || each.equals(tenant) && !block.everywhere()) {
                rows.plugins.replaceAll((id, plugin) -> stopped(rows, plugin, block));
                step(rows, entry);
                changed.add(each);
            }
        });
        return changed;
    }

    private Plugin stopped(Tenant rows, Plugin plugin, BlockedDigest block) {
        boolean has = Objects.requireNonNull(rows.releases.get(plugin.id())).stream()
                .anyMatch(release -> isOf(release, block.digest()));
        boolean runs = isOf(plugin.active(), block.digest());
        if (!has || !runs && plugin.state() instanceof PluginState.Enabling) {
            return plugin;
        }
        boolean serves = plugin.state() instanceof PluginState.Enabling
                || plugin.state() instanceof PluginState.Enabled
                || plugin.state() instanceof PluginState.Quarantined;
        Plugin next = next(plugin, plugin.active());
        return runs && serves
                ? next.with(new PluginState.Failed(block.digest() + " is blocked: " + block.reason()))
                : next;
    }

    private static boolean isOf(Release release, Digest digest) {
        return release.packageDigest().equals(digest) || release.moduleDigest().equals(digest);
    }

    synchronized boolean unblock(Digest digest, Optional<TenantId> tenant, AuditEntry entry) {
        requireUp();
        boolean gone = blocked.remove(new BlockKey(tenant, digest)) != null;
        if (gone) {
            audit.add(entry);
        }
        return gone;
    }

    private record BlockKey(Optional<TenantId> tenant, Digest digest) {}

    /** As if it was brought before anybody looked at modules. */
    public synchronized void forgetFacts() {
        tenants.values().forEach(tenant -> tenant.facts.clear());
    }

    @Override
    public Uni<Map<Digest, ModuleFacts>> find(TenantId tenant, Collection<Digest> modules) {
        return later(() -> {
            Map<Digest, ModuleFacts> kept = new HashMap<>(tenant(tenant).facts);
            kept.keySet().retainAll(modules);
            return kept;
        });
    }

    @Override
    public Uni<Void> keep(TenantId tenant, Digest module, ModuleFacts facts) {
        return later(() -> tenant(tenant).artifacts.containsKey(module)
                        ? Optional.ofNullable(tenant(tenant).facts.put(module, facts))
                        : Optional.empty())
                .replaceWithVoid();
    }

    /** Keeps a refusal among the audit entries. */
    public Uni<Void> record(AuditEntry refusal) {
        return later(() -> audit.add(refusal)).replaceWithVoid();
    }

    @Override
    public Uni<InstallOutcome> install(TenantId tenant, Release release, PackageContent content, AuditEntry entry) {
        return later(() -> install(tenant(tenant), tenant, release, content, entry));
    }

    private InstallOutcome install(
            Tenant rows, TenantId tenant, Release release, PackageContent content, AuditEntry entry) {
        PluginId id = release.manifest().id();
        Plugin present = rows.plugins.get(id);
        List<Release> releases = rows.releases.computeIfAbsent(id, key -> new ArrayList<>());
        Optional<Release> same = releases.stream()
                .filter(other ->
                        other.manifest().version().equals(release.manifest().version()))
                .findFirst();
        if (same.isPresent() && present != null) {
            return same.get().packageDigest().equals(release.packageDigest())
                    ? new InstallOutcome.Identical(signed(rows, present, same.get(), release, entry))
                    : new InstallOutcome.VersionExists(
                            present, release.manifest().version());
        }
        Plugin plugin = present == null ? fresh(tenant, release) : active(present, release);
        releases.add(release);
        rows.artifacts.put(content.module().digest(), content.module());
        content.files().paths().stream()
                .map(path -> content.files().content(path).orElseThrow())
                .forEach(file -> rows.files.put(Digest.of(file), file));
        rows.plugins.put(id, plugin);
        step(rows, entry);
        return new InstallOutcome.Created(plugin);
    }

    /** The plugin as it is when the signatures of {@code again} are kept, too. */
    private Plugin signed(Tenant rows, Plugin present, Release stored, Release again, AuditEntry entry) {
        List<PackageSignature> signatures = stored.signaturesWith(again.signatures());
        if (signatures.size() == stored.signatures().size()) {
            return present;
        }
        Release signed = new Release(
                stored.manifest(),
                stored.packageDigest(),
                stored.moduleDigest(),
                stored.scan(),
                stored.installedAt(),
                stored.installedBy(),
                signatures);
        Objects.requireNonNull(rows.releases.get(present.id())).replaceAll(each -> each == stored ? signed : each);
        Plugin plugin = present.active() == stored ? present.with(signed) : present;
        rows.plugins.put(present.id(), plugin);
        step(rows, new AuditEntry(entry.actor(), AuditAction.RELEASE_SIGN, entry.subject(), entry.facts()));
        return plugin;
    }

    private Plugin fresh(TenantId tenant, Release release) {
        return new Plugin(
                tenant,
                release.manifest().id(),
                new PluginState.Installed(),
                1,
                release,
                Grants.NONE,
                tenant(tenant).policy.usualLevel(release.manifest()),
                Optional.empty(),
                JsonNodeFactory.instance.objectNode(),
                1,
                clock.instant(),
                clock.instant());
    }

    private Plugin active(Plugin present, Release release) {
        return switch (present.state()) {
            case PluginState.Installed _, PluginState.Disabled _, PluginState.Failed _ -> next(present, release);
            case PluginState.Enabling _, PluginState.Enabled _, PluginState.Quarantined _ -> present;
        };
    }

    private Plugin next(Plugin plugin, Release release) {
        return new Plugin(
                plugin.tenant(),
                plugin.id(),
                plugin.state(),
                plugin.revision() + 1,
                release,
                plugin.grants(),
                plugin.level(),
                plugin.consent(),
                plugin.config(),
                plugin.configRevision(),
                plugin.createdAt(),
                clock.instant(),
                plugin.origin(),
                plugin.mode());
    }

    /** Puts a plugin in the place of the stored one, as somebody could who writes into the database. */
    public synchronized void put(Plugin forged) {
        tenant(forged.tenant()).plugins.put(forged.id(), forged);
    }

    @Override
    public Uni<Optional<Plugin>> find(TenantId tenant, PluginId id) {
        return later(() -> Optional.ofNullable(tenant(tenant).plugins.get(id)));
    }

    @Override
    public Uni<List<Plugin>> list(TenantId tenant, PluginFilter filter) {
        return later(() -> tenant(tenant).plugins.values().stream()
                .filter(matching(filter))
                .limit(filter.limit())
                .toList());
    }

    private static Predicate<Plugin> matching(PluginFilter filter) {
        return plugin -> filter.after()
                        .map(after -> plugin.id().compareTo(after) > 0)
                        .orElse(true)
                && filter.state().map(plugin.state().publicName()::equals).orElse(true)
                && filter.text().map(text -> says(plugin, text)).orElse(true)
                && filter.permission()
                        .map(name -> plugin.active().manifest().permissions().stream()
                                .anyMatch(permission -> permission.name() == name))
                        .orElse(true);
    }

    private static boolean says(Plugin plugin, String text) {
        String all = plugin.id() + "\n" + plugin.active().manifest().about().name() + "\n"
                + plugin.active().manifest().about().description();
        return all.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    @Override
    public Uni<List<Release>> releases(TenantId tenant, PluginId id) {
        return later(() -> List.copyOf(tenant(tenant).releases.getOrDefault(id, List.of())));
    }

    @Override
    public Uni<Optional<Plugin>> replace(Plugin changed, EnabledCheck check, AuditEntry entry) {
        return later(() -> {
            Tenant rows = tenant(changed.tenant());
            check.require(rows.plugins.values().stream()
                    .filter(plugin -> plugin.state() instanceof PluginState.Enabled)
                    .toList());
            Plugin present = rows.plugins.get(changed.id());
            if (present == null || present.revision() != changed.revision()) {
                return Optional.empty();
            }
            Plugin stored = next(changed, changed.active());
            rows.plugins.put(changed.id(), stored);
            step(rows, entry);
            return Optional.of(stored);
        });
    }

    @Override
    public Uni<Boolean> remove(Plugin plugin, DataOnRemoval data, AuditEntry entry) {
        return later(() -> {
            Tenant rows = tenant(plugin.tenant());
            Plugin present = rows.plugins.get(plugin.id());
            if (present == null || present.revision() != plugin.revision()) {
                return false;
            }
            rows.plugins.remove(plugin.id());
            rows.releases.remove(plugin.id());
            rows.artifacts
                    .keySet()
                    .removeIf(digest -> rows.releases.values().stream()
                            .flatMap(List::stream)
                            .noneMatch(release -> release.moduleDigest().equals(digest)));
            rows.files
                    .keySet()
                    .removeIf(digest -> rows.releases.values().stream()
                            .flatMap(List::stream)
                            .noneMatch(release -> release.manifest().files().containsValue(digest)));
            step(rows, entry);
            return true;
        });
    }

    @Override
    public Uni<Optional<WasmBinary>> artifact(TenantId tenant, Digest moduleDigest) {
        return later(() -> Optional.ofNullable(tenant(tenant).artifacts.get(moduleDigest)));
    }

    @Override
    public Uni<Optional<byte[]>> file(TenantId tenant, Digest digest) {
        return later(() -> Optional.ofNullable(tenant(tenant).files.get(digest)));
    }

    @Override
    public Uni<StoredCatalog> read(TenantId tenant) {
        return later(() -> new StoredCatalog(
                tenant(tenant).revision,
                tenant(tenant).plugins.values().stream()
                        .filter(plugin -> plugin.state() instanceof PluginState.Enabled)
                        .toList(),
                tenant(tenant).policy,
                tenant(tenant).plugins.values().stream()
                        .filter(plugin -> plugin.state() instanceof PluginState.Quarantined)
                        .toList()));
    }

    /** From now on the tenant is under this one. */
    public synchronized void put(TenantId tenant, TenantPolicy policy) {
        tenant(tenant).policy = policy;
        tenant(tenant).revision++;
    }

    private <T> Uni<T> later(Supplier<T> work) {
        return Uni.createFrom().item(() -> {
            synchronized (this) {
                requireUp();
                return work.get();
            }
        });
    }

    private void requireUp() {
        if (down) {
            throw new ProblemException(ProblemCode.DATABASE_UNAVAILABLE, "down");
        }
    }

    private Tenant tenant(TenantId id) {
        return tenants.computeIfAbsent(id, key -> new Tenant());
    }

    private void step(Tenant rows, AuditEntry entry) {
        rows.revision++;
        audit.add(entry);
    }
}
