package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * Loads that nobody waits for without a bound. One that takes longer goes on; who asks for the same again gets it when it is there, and
 * somebody is asked to. Safe for concurrent use.
 */
final class PatientLoads {

    private final Function<Plugin, Uni<EnabledPlugin>> loader;
    private final Duration patience;
    private final Consumer<TenantId> whenLate;
    private final Map<Wanted, Going> under = new ConcurrentHashMap<>();

    /** @param whenLate is told, on a thread of the loader's, that a load ended for which nobody waited any more */
    PatientLoads(Function<Plugin, Uni<EnabledPlugin>> loader, Duration patience, Consumer<TenantId> whenLate) {
        this.loader = loader;
        this.patience = patience;
        this.whenLate = whenLate;
    }

    /** A plugin as it is stored at a revision. */
    private record Wanted(TenantId tenant, PluginId plugin, long revision) {}

    private static final class Going {
        private final CompletableFuture<EnabledPlugin> result = new CompletableFuture<>();
        private volatile boolean awaited = true;
    }

    /** Fails as the loader does, and with {@code plugin-loading} when that takes longer than the patience. */
    Uni<EnabledPlugin> load(Plugin plugin) {
        Wanted wanted = key(plugin);
        return Uni.createFrom().deferred(() -> {
            Going going = going(plugin, wanted);
            return Uni.createFrom()
                    .completionStage(going.result.copy())
                    .invoke(loaded -> under.remove(wanted, going))
                    .onFailure()
                    .invoke(failure -> under.remove(wanted, going))
                    .ifNoItem()
                    .after(patience)
                    .recoverWithUni(() -> {
                        leave(wanted, going);
                        return Uni.createFrom().failure(stillLoading(plugin));
                    });
        });
    }

    /** Lets go of what was loaded of the tenant for plugins that are not {@code wanted} as they were. */
    void forgetAllBut(TenantId tenant, Collection<Plugin> wanted) {
        Set<Wanted> still = wanted.stream().map(PatientLoads::key).collect(Collectors.toSet());
        under.forEach((key, going) -> {
            if (key.tenant().equals(tenant)
                    && !still.contains(key)
                    && going.result.isDone()
                    && under.remove(key, going)) {
                going.result.thenAccept(unwanted -> unwanted.module().close());
            }
        });
    }

    private Going going(Plugin plugin, Wanted wanted) {
        Going mine = new Going();
        Going going = under.putIfAbsent(wanted, mine);
        if (going != null) {
            going.awaited = true;
            return going;
        }
        loader.apply(plugin)
                .subscribe()
                .with(
                        loaded -> end(wanted, mine, result -> result.complete(loaded)),
                        failure -> end(wanted, mine, result -> result.completeExceptionally(failure)));
        return mine;
    }

    private void end(Wanted wanted, Going going, Consumer<CompletableFuture<EnabledPlugin>> completion) {
        completion.accept(going.result);
        if (!going.awaited) {
            whenLate.accept(wanted.tenant());
        }
    }

    private void leave(Wanted wanted, Going going) {
        going.awaited = false;
        if (going.result.isDone()) {
            whenLate.accept(wanted.tenant());
        }
    }

    private static Wanted key(Plugin plugin) {
        return new Wanted(plugin.tenant(), plugin.id(), plugin.revision());
    }

    private ProblemException stillLoading(Plugin plugin) {
        return new ProblemException(
                ProblemCode.PLUGIN_LOADING,
                "The module of plugin `" + plugin.id() + "` is still being loaded after " + patience.toMillis()
                        + " ms; the plugin serves as soon as it is.");
    }
}
