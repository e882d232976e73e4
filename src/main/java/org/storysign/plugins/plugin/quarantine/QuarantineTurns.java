package org.storysign.plugins.plugin.quarantine;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.CatalogSnapshot;
import org.storysign.plugins.plugin.Dependencies;
import org.storysign.plugins.plugin.EnabledPlugin;
import org.storysign.plugins.plugin.LoadFailure;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.plugin.PluginState;
import org.storysign.plugins.plugin.PluginStore;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * The turns in a plugin's life that nobody asks for: out of service, tried again, recovered. Each is one change that is lost to whoever
 * changed the plugin first; so of several processes one makes it. Safe for concurrent use.
 */
public final class QuarantineTurns {

    /** A plugin that has served so long since it was tried again counts as recovered. */
    static final Duration RECOVERED_AFTER = Duration.ofMinutes(10);

    private static final System.Logger LOG = System.getLogger(QuarantineTurns.class.getName());

    private final PluginStore store;
    private final PluginCatalog catalog;
    private final Listener listener;
    private final Clock clock;
    private final Set<PluginKey> under = ConcurrentHashMap.newKeySet();

    /** Who is told of the turns that this process made, after they were stored. Must not fail. */
    @FunctionalInterface
    public interface Listener {

        /** @param action {@code PLUGIN_QUARANTINE}, {@code PLUGIN_RETRY} or {@code PLUGIN_RECOVER} */
        void turned(AuditAction action);
    }

    public QuarantineTurns(PluginStore store, PluginCatalog catalog, Listener listener, Clock clock) {
        this.store = store;
        this.catalog = catalog;
        this.listener = listener;
        this.clock = clock;
    }

    private record PluginKey(TenantId tenant, PluginId plugin) {}

    /** Takes the plugin out of service if it is still the one that was seen to fail. Answers at once; failures are logged. */
    void quarantine(Plugin seen, String reason, QuarantineTerms terms) {
        PluginKey key = new PluginKey(seen.tenant(), seen.id());
        if (under.add(key)) {
            change(seen, reason, terms)
                    .eventually(() -> under.remove(key))
                    .subscribe()
                    .with(
                            done -> {},
                            failure -> LOG.log(
                                    System.Logger.Level.ERROR,
                                    () -> "plugin cannot be quarantined tenant=" + seen.tenant() + " plugin="
                                            + seen.id(),
                                    failure));
        }
    }

    Uni<Boolean> change(Plugin seen, String reason, QuarantineTerms terms) {
        return store.find(seen.tenant(), seen.id())
                .flatMap(found -> found.filter(now -> now.active()
                                .packageDigest()
                                .equals(seen.active().packageDigest()))
                        .flatMap(now -> now.state() instanceof PluginState.Enabled state
                                ? Optional.of(replace(
                                        now,
                                        state.quarantine(reason, after(terms.pause(state.quarantines()))),
                                        AuditAction.PLUGIN_QUARANTINE,
                                        Map.of("reason", reason, "times", state.quarantines() + 1)))
                                : Optional.empty())
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    /** Tries again what has paused long enough, and forgets what has served long enough. How many plugins that were. */
    public Uni<Integer> lookAt(TenantId tenant) {
        CatalogSnapshot present = catalog.current(tenant);
        List<Plugin> enabled = present.all().stream().map(EnabledPlugin::plugin).toList();
        List<LoadFailure> deadly = catalog.loadFailures().stream()
                .filter(failure -> failure.tenant().equals(tenant) && failure.code() == ProblemCode.MODULE_CRASHES)
                .toList();
        return each(present.quarantined(), plugin -> tryAgain(plugin, enabled))
                .flatMap(tried -> each(enabled, this::recover).map(recovered -> tried + recovered))
                .flatMap(turned -> each(deadly, this::keepOut).map(out -> turned + out));
    }

    /** What processes die of while they load it is out of service until an operator enables it. */
    private Uni<Boolean> keepOut(LoadFailure deadly) {
        return store.find(deadly.tenant(), deadly.plugin())
                .flatMap(found -> found.filter(
                                now -> now.active().moduleDigest().equals(deadly.module()))
                        .flatMap(now -> now.state() instanceof PluginState.Enabled
                                ? Optional.of(replace(
                                        now,
                                        new PluginState.Quarantined(deadly.detail()),
                                        AuditAction.PLUGIN_QUARANTINE,
                                        Map.of("reason", deadly.detail())))
                                : Optional.empty())
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    /** Not while something it needs does not serve; what it needs may be disabled between this look and the change, so the change asks again. */
    private Uni<Boolean> tryAgain(Plugin plugin, List<Plugin> enabled) {
        return plugin.state() instanceof PluginState.Quarantined state
                        && state.retryAt()
                                .filter(at -> !clock.instant().isBefore(at))
                                .isPresent()
                        && Dependencies.isServed(plugin, enabled)
                ? replace(
                                plugin.with(state.tryAgain()),
                                PluginStore.EnabledCheck.served(plugin),
                                AuditAction.PLUGIN_RETRY,
                                Map.of("times", state.quarantines()))
                        .onFailure(QuarantineTurns::isConflict)
                        .recoverWithItem(false)
                : Uni.createFrom().item(false);
    }

    private Uni<Boolean> recover(Plugin serving) {
        if (!hasRecovered(serving)) {
            return Uni.createFrom().item(false);
        }
        // What serves has its secrets open; what is stored has not.
        return store.find(serving.tenant(), serving.id())
                .flatMap(found -> found.filter(this::hasRecovered)
                        .map(stored -> replace(
                                stored,
                                new PluginState.Enabled(),
                                AuditAction.PLUGIN_RECOVER,
                                Map.of("after", RECOVERED_AFTER.toString())))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    private boolean hasRecovered(Plugin plugin) {
        return plugin.state() instanceof PluginState.Enabled state
                && state.quarantines() > 0
                && Duration.between(plugin.updatedAt(), clock.instant()).compareTo(RECOVERED_AFTER) >= 0;
    }

    private static <T> Uni<Integer> each(List<T> plugins, Function<T, Uni<? extends Boolean>> turn) {
        return Multi.createFrom()
                .iterable(plugins)
                .onItem()
                .transformToUniAndConcatenate(turn)
                .collect()
                .with(Collectors.summingInt(changed -> changed ? 1 : 0));
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == ProblemCode.PLUGIN_STATE_CONFLICT;
    }

    private Uni<Boolean> replace(Plugin plugin, PluginState next, AuditAction action, Map<String, Object> facts) {
        return replace(plugin.with(next), PluginStore.EnabledCheck.NONE, action, facts);
    }

    private Uni<Boolean> replace(
            Plugin plugin, PluginStore.EnabledCheck check, AuditAction action, Map<String, Object> facts) {
        Actor actor = new Actor("system:quarantine", plugin.tenant(), Set.of(Role.ADMIN));
        return store.replace(plugin, check, new AuditEntry(actor, action, "plugin:" + plugin.id(), facts))
                .invoke(changed -> changed.ifPresent(done -> listener.turned(action)))
                .call(changed -> changed.isPresent()
                        ? catalog.refresh(plugin.tenant())
                        : Uni.createFrom().nullItem())
                .invoke(changed -> changed.ifPresent(done -> LOG.log(
                        System.Logger.Level.WARNING,
                        () -> "plugin " + action.publicName() + " tenant=" + plugin.tenant() + " plugin=" + plugin.id()
                                + " " + facts)))
                .map(Optional::isPresent);
    }

    private Instant after(Duration pause) {
        return clock.instant().plus(pause).truncatedTo(ChronoUnit.MICROS);
    }
}
