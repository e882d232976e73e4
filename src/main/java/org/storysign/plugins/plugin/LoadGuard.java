package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.storysign.plugins.plugin.LoadAttempts.Attempt;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * Control C3: notes each load of a module before it begins, until its code is compiled, and refuses modules at which processes died. A load
 * that gets through takes away the notes of the dead; one that fails says nothing about them: it may not have come to the module. Without
 * it one stored module could keep every process of an installation from ever starting. Safe for concurrent use.
 */
public final class LoadGuard {

    private static final System.Logger LOG = System.getLogger(LoadGuard.class.getName());
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final LoadAttempts attempts;
    private final LoadTerms terms;
    private final UUID process = UUID.randomUUID();
    private final Map<Attempt, Integer> open = new ConcurrentHashMap<>();

    public LoadGuard(LoadAttempts attempts, LoadTerms terms) {
        this.attempts = attempts;
        this.terms = terms;
    }

    public LoadTerms terms() {
        return terms;
    }

    /** Runs {@code load}, unless too many died at it: {@code module-crashes}. */
    Uni<EnabledPlugin> watch(Plugin plugin, Supplier<Uni<? extends EnabledPlugin>> load) {
        Attempt attempt = new Attempt(plugin.tenant(), plugin.active().moduleDigest(), process);
        return attempts.begin(attempt, terms)
                .invoke(deaths -> requireFew(deaths, plugin))
                .invoke(() -> open.merge(attempt, 1, Integer::sum))
                .flatMap(begun -> Uni.createFrom()
                        .deferred(load)
                        .onFailure()
                        .call(failure -> end(attempt, attempts::giveUp))
                        .onCancellation()
                        .invoke(() -> endLater(attempt, attempts::giveUp))
                        .invoke(loaded -> loaded.module().settled().thenRun(() -> endLater(attempt, this::survived))));
    }

    /** Lets a module be loaded again at which processes died, because somebody who may says so. */
    Uni<Void> forgive(Plugin plugin) {
        return attempts.forget(plugin.tenant(), plugin.active().moduleDigest());
    }

    /** Says that this process lives, for each load that goes on. Failures are logged. */
    public Uni<Void> renew() {
        return each(attempts::renew);
    }

    /** Takes away this process's notes, since it stops in order. Waits for two seconds at most. */
    public void stop() {
        try {
            each(attempts::giveUp).await().atMost(FAREWELL);
        } catch (RuntimeException late) {
            LOG.log(System.Logger.Level.WARNING, "loads that went on may be taken for deaths of this process", late);
        }
    }

    private Uni<Void> each(Function<Attempt, Uni<Void>> work) {
        return Multi.createFrom()
                .iterable(List.copyOf(open.keySet()))
                .onItem()
                .transformToUniAndConcatenate(attempt -> work.apply(attempt)
                        .onFailure()
                        .recoverWithItem(failure -> {
                            LOG.log(
                                    System.Logger.Level.WARNING,
                                    () -> "note of a load cannot be changed module=" + attempt.module(),
                                    failure);
                            return null;
                        }))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> survived(Attempt attempt) {
        return attempts.end(attempt, terms);
    }

    private void endLater(Attempt attempt, Function<Attempt, Uni<Void>> how) {
        end(attempt, how).subscribe().with(done -> {});
    }

    /** A note that cannot be taken away fails nothing: at worst it is taken for one death. */
    private Uni<Void> end(Attempt attempt, Function<Attempt, Uni<Void>> how) {
        boolean last = open.computeIfPresent(attempt, (same, loads) -> loads == 1 ? null : loads - 1) == null;
        return last
                ? how.apply(attempt).onFailure().recoverWithItem(failure -> {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            () -> "note of a load cannot be taken away module=" + attempt.module(),
                            failure);
                    return null;
                })
                : Uni.createFrom().voidItem();
    }

    private void requireFew(int deaths, Plugin plugin) {
        if (deaths >= terms.mostDeaths()) {
            throw new ProblemException(
                    ProblemCode.MODULE_CRASHES,
                    deaths + " processes of the service died while they loaded the module of plugin `" + plugin.id()
                            + "`, so it is not loaded any more. Bring another release, or enable the quarantined plugin"
                            + " to have it tried once more; deaths are forgotten after "
                            + terms.forgottenAfter().toMinutes() + " minutes.",
                    Map.of(FactKey.DIGEST, plugin.active().moduleDigest().value(), FactKey.FOUND, deaths));
        }
    }
}
