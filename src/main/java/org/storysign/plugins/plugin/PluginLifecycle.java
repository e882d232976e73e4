package org.storysign.plugins.plugin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.PluginStore.DataOnRemoval;
import org.storysign.plugins.problem.Category;
import org.storysign.plugins.problem.ProblemException;

/**
 * Turns in a plugin's life after it was installed (contract, section 4). Every method fails with {@code ProblemException}. Each
 * change is committed only if nobody else changed the plugin meanwhile. Safe for concurrent use.
 */
@Singleton
public final class PluginLifecycle {

    /** How long one process may take to enable a plugin before others may take over: longer than any level lets a call last. */
    static final Duration LEASE = Duration.ofMinutes(2);

    private final PluginStore store;
    private final StoredPlugins plugins;
    private final CatalogStore catalogs;
    private final Dependencies dependencies;
    private final PluginCatalog catalog;
    private final PluginLoader loader;
    private final KnownModules modules;
    private final LifecycleCalls guest;
    private final ConfigCheck configs;
    private final Clock clock;
    private final String process = UUID.randomUUID().toString();

    @Inject
    public PluginLifecycle(
            PluginStore store,
            CatalogStore catalogs,
            Dependencies dependencies,
            PluginCatalog catalog,
            PluginLoader loader,
            KnownModules modules,
            LifecycleCalls guest,
            ConfigCheck configs,
            Clock clock) {
        this.store = store;
        this.plugins = new StoredPlugins(store);
        this.catalogs = catalogs;
        this.dependencies = dependencies;
        this.catalog = catalog;
        this.loader = loader;
        this.modules = modules;
        this.guest = guest;
        this.configs = configs;
        this.clock = clock;
    }

    /**
     * Enables. Fails with {@code consent-required} (facts {@code consent}, {@code difference}) when it would be given more than was
     * consented to, {@code permission-not-granted}, {@code permission-unavailable}, {@code level-unavailable}, {@code policy-forbids},
     * {@code digest-blocked},
     * {@code plugin-state-conflict} (also while a plugin it depends on is not enabled), {@code config-invalid}, {@code initialize-failed} and
     * whatever stops the module. Refused before it began, the plugin's
     * state stays; an enabling that fails leaves {@code failed}, one that dies with its process leaves {@code disabled}.
     */
    public Uni<Plugin> enable(PluginId id, EnableRequest request, Actor actor) {
        return catalogs.policy(actor.tenant())
                .flatMap(policy -> plugins.find(actor.tenant(), id)
                        .flatMap(plugin -> enable(
                                plugin, loader.available(EnableOffer.of(plugin, request, policy)), request, actor)));
    }

    private Uni<Plugin> enable(Plugin plugin, EnableOffer offer, EnableRequest request, Actor actor) {
        if (plugin.state() instanceof PluginState.Enabled) {
            return Uni.createFrom().item(startable(plugin, offer));
        }
        return loader.requireNotBlocked(plugin)
                .chain(() -> forgiven(plugin))
                .chain(() -> modules.use(actor.tenant(), plugin.active()))
                .map(use -> configs.sealedAnew(plugin)
                        .with(plugin.state(), offer.grants(), offer.level(), offer.agreed(request, plugin, use)))
                .flatMap(wanted ->
                        prepare(wanted).flatMap(loaded -> enable(plugin, loaded, new Attempt(wanted, offer, actor))));
    }

    /** Who enables what is in quarantine has it tried again, whatever it did. */
    private Uni<Void> forgiven(Plugin plugin) {
        return plugin.state() instanceof PluginState.Quarantined
                ? loader.forgive(plugin)
                : Uni.createFrom().voidItem();
    }

    private Uni<EnabledPlugin> prepare(Plugin wanted) {
        return dependencies
                .plan(wanted.tenant(), wanted.active().manifest())
                .invoke(DependencyPlan::require)
                .flatMap(plan -> Workers.supply(() -> EnableRequirements.check(wanted, configs.open(wanted))))
                .flatMap(met -> loader.load(wanted))
                .call(loaded -> configs.requireOwnWord(wanted)
                        .onFailure()
                        .invoke(() -> loaded.module().close()));
    }

    /** What is wanted, and by whom. */
    private record Attempt(Plugin wanted, EnableOffer offer, Actor actor) {

        /** Consent, when it is given with this attempt, else that it began. */
        AuditEntry begun() {
            return StoredPlugins.audit(
                    actor, offer.begunAs(AuditAction.PLUGIN_ENABLE), wanted.id(), offer.begunFacts());
        }

        AuditEntry done() {
            return StoredPlugins.audit(actor, AuditAction.PLUGIN_ENABLE, wanted.id(), offer.doneFacts());
        }
    }

    private Uni<Plugin> enable(Plugin plugin, EnabledPlugin loaded, Attempt attempt) {
        return begin(plugin, attempt)
                .flatMap(enabling -> guest.initialize(loaded)
                        .onFailure()
                        .call(failure -> fail(enabling, failure, attempt.actor))
                        .flatMap(done -> commit(enabling, attempt)))
                .call(enabled -> catalog.refresh(enabled.tenant()))
                .eventually(() -> loaded.module().close());
    }

    /**
     * Disables, cancels what runs, calls {@code cleanup} (whose failure blocks nothing). A disabled plugin stays as it is. Fails with
     * {@code plugin-state-conflict} while plugins that are enabled need it.
     */
    public Uni<Plugin> disable(PluginId id, Actor actor) {
        return plugins.find(actor.tenant(), id).flatMap(plugin -> disable(plugin, actor));
    }

    /** Disables if needed and removes. Fails with {@code plugin-state-conflict} while an enabled plugin depends on it. */
    public Uni<Void> uninstall(PluginId id, DataOnRemoval data, Actor actor) {
        return plugins.find(actor.tenant(), id)
                .call(plugin -> catalogs.read(actor.tenant())
                        .invoke(stored -> Dependencies.requireUnneeded(id, stored.enabled())))
                .flatMap(plugin -> disable(plugin, actor))
                .flatMap(disabled -> store.remove(
                        disabled,
                        data,
                        StoredPlugins.audit(
                                actor,
                                AuditAction.PLUGIN_UNINSTALL,
                                id,
                                Map.of("data", data.name().toLowerCase(Locale.ROOT)))))
                .invoke(removed -> {
                    if (!removed) {
                        throw StoredPlugins.changedMeanwhile(id);
                    }
                })
                .call(() -> catalog.refresh(actor.tenant()))
                .replaceWithVoid();
    }

    /**
     * Replaces the configuration. Secrets that {@code config} does not name stay as they are; {@code null} takes one away. Fails with
     * {@code config-invalid} (violations), {@code secrets-unavailable} and {@code precondition-failed} when
     * {@code ifMatchRevision} is not the present {@link Plugin#configRevision}.
     */
    public Uni<Plugin> configure(PluginId id, ObjectNode config, long ifMatchRevision, Actor actor) {
        return configured(id, config, ifMatchRevision, actor)
                .flatMap(changed -> store.replace(
                        changed,
                        StoredPlugins.audit(
                                actor,
                                AuditAction.CONFIG_CHANGE,
                                id,
                                Map.of("revision", changed.configRevision(), "keys", keys(config)))))
                .map(stored -> stored.orElseThrow(() -> StoredPlugins.stale(id, "the configuration of plugin")))
                .call(() -> catalog.refresh(actor.tenant()));
    }

    /** Plugins whose enabling was given up without a word become disabled. How many did. */
    public Uni<Integer> abandonExpired(TenantId tenant) {
        Actor actor = new Actor("system:lease", tenant, Set.of(Role.ADMIN));
        PluginFilter enabling = new PluginFilter(
                Optional.of("enabling"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                PluginFilter.LARGEST_PAGE);
        return store.list(tenant, enabling)
                .flatMap(plugins -> Multi.createFrom()
                        .iterable(plugins)
                        .filter(plugin -> plugin.state() instanceof PluginState.Enabling state && isOver(state))
                        .onItem()
                        .transformToUniAndConcatenate(plugin -> abandon(plugin, actor))
                        .collect()
                        .with(Collectors.summingInt(abandoned -> abandoned)));
    }

    private Uni<Integer> abandon(Plugin plugin, Actor actor) {
        return store.replace(
                        plugin.with(((PluginState.Enabling) plugin.state()).abandon()),
                        StoredPlugins.audit(
                                actor,
                                AuditAction.PLUGIN_ENABLE_FAILED,
                                plugin.id(),
                                Map.of("reason", "its process died")))
                .map(stored -> stored.isPresent() ? 1 : 0);
    }

    /** The plugin, unless it serves with other grants or at another level. */
    static Plugin startable(Plugin plugin, EnableOffer offer) {
        boolean same = offer.grants().equals(plugin.grants()) && offer.level() == plugin.level();
        if (plugin.state() instanceof PluginState.Enabled && !same) {
            throw StoredPlugins.conflict(plugin, "is enabled with other grants or another level; disable it first");
        }
        return plugin;
    }

    private Uni<Plugin> begin(Plugin plugin, Attempt attempt) {
        PluginState next = switch (plugin.state()) {
            case PluginState.Installed state ->
                state.enable(process, clock.instant().plus(LEASE));
            case PluginState.Disabled state ->
                state.enable(process, clock.instant().plus(LEASE));
            case PluginState.Failed state ->
                state.enable(process, clock.instant().plus(LEASE));
            case PluginState.Quarantined state ->
                state.enable(process, clock.instant().plus(LEASE));
            case PluginState.Enabling state
            when isOver(state) ->
                state.abandon().enable(process, clock.instant().plus(LEASE));
            case PluginState.Enabling state -> throw StoredPlugins.conflict(plugin, "is being enabled");
            case PluginState.Enabled state -> throw StoredPlugins.conflict(plugin, "is enabled");
        };
        return plugins.replace(plugin.with(next), attempt.begun());
    }

    private Uni<Plugin> commit(Plugin enabling, Attempt attempt) {
        PluginState enabled = ((PluginState.Enabling) enabling.state()).succeed();
        Plugin wanted = attempt.wanted;
        return plugins.replace(
                enabling.completed(wanted.config()).with(enabled, wanted.grants(), wanted.level(), wanted.consent()),
                StoredPlugins.stillServed(wanted),
                attempt.done());
    }

    /** What failed for lack of capacity has not failed for good. That this cannot be written hides no earlier failure. */
    private Uni<Optional<Plugin>> fail(Plugin enabling, Throwable failure, Actor actor) {
        PluginState.Enabling state = (PluginState.Enabling) enabling.state();
        boolean capacity =
                failure instanceof ProblemException problem && problem.code().category() == Category.CAPACITY;
        String kept = StoredPlugins.reason(failure);
        return store.replace(
                        enabling.with(capacity ? state.abandon() : state.fail(kept)),
                        StoredPlugins.audit(
                                actor, AuditAction.PLUGIN_ENABLE_FAILED, enabling.id(), Map.of("reason", kept)))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    private Uni<Plugin> disable(Plugin plugin, Actor actor) {
        Optional<EnabledPlugin> running = catalog.current(actor.tenant()).find(plugin.id());
        Supplier<AuditEntry> audit =
                () -> StoredPlugins.audit(actor, AuditAction.PLUGIN_DISABLE, plugin.id(), Map.of());
        return switch (plugin.state()) {
            case PluginState.Installed state -> Uni.createFrom().item(plugin);
            case PluginState.Disabled state -> Uni.createFrom().item(plugin);
            case PluginState.Failed state -> plugins.replace(plugin.with(state.disable()), audit.get());
            case PluginState.Quarantined state -> plugins.replace(plugin.with(state.disable()), audit.get());
            case PluginState.Enabling state
            when isOver(state) -> plugins.replace(plugin.with(state.abandon()), audit.get());
            case PluginState.Enabling state ->
                Uni.createFrom().failure(StoredPlugins.conflict(plugin, "is being enabled; try again when it is"));
            case PluginState.Enabled state ->
                plugins.replace(
                                plugin.with(state.disable()),
                                enabled -> Dependencies.requireUnneeded(plugin.id(), enabled),
                                audit.get())
                        .call(disabled -> catalog.refresh(actor.tenant()))
                        .call(disabled -> running.map(guest::cleanup)
                                .orElseGet(() -> Uni.createFrom().voidItem()));
        };
    }

    /** The plugin as {@link #configure} would leave it. Fails as that does; nothing changes. */
    public Uni<Plugin> configured(PluginId id, ObjectNode config, long ifMatchRevision, Actor actor) {
        return plugins.find(actor.tenant(), id)
                .invoke(plugin -> {
                    if (plugin.configRevision() != ifMatchRevision) {
                        throw StoredPlugins.stale(id, "the configuration of plugin");
                    }
                })
                .flatMap(plugin -> configs.accepted(plugin, config).map(plugin::withConfig));
    }

    private boolean isOver(PluginState.Enabling state) {
        return !clock.instant().isBefore(state.leaseEnds());
    }

    private static List<String> keys(ObjectNode config) {
        return config.properties().stream().map(Map.Entry::getKey).sorted().toList();
    }
}
