package org.storysign.plugins.plugin.quarantine;

import java.time.Clock;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.EnabledPlugin;
import org.storysign.plugins.plugin.PluginCatalog;
import org.storysign.plugins.plugin.PluginState;
import org.storysign.plugins.plugin.history.Invocation;
import org.storysign.plugins.plugin.history.InvocationLog;
import org.storysign.plugins.plugin.history.Occasion;
import org.storysign.plugins.problem.Category;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.sandbox.ExecutionMode;

/** Watches how calls end in this process and decides when a plugin fails too often. Safe for concurrent use; nobody waits. */
public final class Quarantine implements InvocationLog {

    /** Of what stops a guest, what is not its own doing, or a decision about the caller. */
    private static final Set<ProblemCode> NOT_ITS_DOING = EnumSet.of(
            ProblemCode.CALL_CANCELLED,
            ProblemCode.WAIT_TIME_EXCEEDED,
            ProblemCode.HTTP_FAILED,
            ProblemCode.QUOTA_EXCEEDED,
            ProblemCode.PERMISSION_DENIED,
            ProblemCode.DRY_RUN,
            ProblemCode.DATA_QUOTA_EXCEEDED);

    private final QuarantineTerms terms;
    private final PluginCatalog catalog;
    private final QuarantineTurns turns;
    private final Clock clock;
    private final Map<Key, FailureWindow> windows = new ConcurrentHashMap<>();

    public Quarantine(QuarantineTerms terms, PluginCatalog catalog, QuarantineTurns turns, Clock clock) {
        this.terms = terms;
        this.catalog = catalog;
        this.turns = turns;
        this.clock = clock;
    }

    private record Key(TenantId tenant, PluginId plugin, Digest release) {}

    @Override
    public void ended(Invocation invocation, End end) {
        boolean watched = terms.on()
                && invocation.occasion().kind() != Occasion.Kind.LIFECYCLE
                && !invocation.context().dryRun();
        if (!watched) {
            return;
        }
        CallContext context = invocation.context();
        catalog.current(context.tenant())
                .find(context.plugin())
                .ifPresent(plugin -> ended(plugin, invocation, end.problem()));
    }

    private void ended(EnabledPlugin plugin, Invocation invocation, Optional<ProblemCode> problem) {
        if (problem.isPresent() && !counts(problem.get(), plugin)) {
            return;
        }
        CallContext context = invocation.context();
        Key key = new Key(
                context.tenant(), context.plugin(), plugin.plugin().active().packageDigest());
        FailureWindow window = windows.get(key);
        if (problem.isEmpty() && (window == null || window.isQuiet())) {
            return;
        }
        FailureWindow kept =
                window == null ? windows.computeIfAbsent(key, unknown -> new FailureWindow(terms.window())) : window;
        FailureWindow.Count count =
                kept.add(invocation.input().getAsLong(), context.user(), problem.isPresent(), clock.instant());
        if (problem.isPresent() && plugin.plugin().state() instanceof PluginState.Enabled state) {
            boolean onProbation = state.quarantines() > 0;
            if (count.exceeds(terms, terms.inputs(state), onProbation)) {
                windows.remove(key, kept);
                turns.quarantine(plugin.plugin(), reason(count, problem.get(), onProbation), terms);
            }
        }
    }

    private static boolean counts(ProblemCode code, EnabledPlugin plugin) {
        boolean interpreted = plugin.module().mode() == ExecutionMode.INTERPRETED;
        return code.category() == Category.PLUGIN
                && !NOT_ITS_DOING.contains(code)
                && !(code == ProblemCode.RUN_TIME_EXCEEDED && interpreted);
    }

    private String reason(FailureWindow.Count count, ProblemCode last, boolean onProbation) {
        return count.failed() + " of " + count.all() + " different inputs failed within "
                + terms.window().toSeconds() + " s" + (onProbation ? " when it was tried again" : "")
                + ", the last with "
                + last.code();
    }

    /** Lets go of windows that nobody needs any more. */
    void forget() {
        windows.keySet()
                .removeIf(key -> catalog.current(key.tenant())
                        .find(key.plugin())
                        .filter(plugin ->
                                plugin.plugin().active().packageDigest().equals(key.release()))
                        .isEmpty());
    }
}
