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
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.sandbox.ExecutionMode;

/** Watches how calls end in this process and decides when a plugin fails too often. Safe for concurrent use; nobody waits. */
public final class Quarantine implements InvocationLog {

    /** What is the plugin's own doing. */
    private static final Set<ProblemCode> FAULTS = EnumSet.of(
            ProblemCode.FUEL_EXHAUSTED,
            ProblemCode.RUN_TIME_EXCEEDED,
            ProblemCode.MEMORY_EXHAUSTED,
            ProblemCode.STACK_EXHAUSTED,
            ProblemCode.MEMORY_OUT_OF_BOUNDS,
            ProblemCode.TABLE_OUT_OF_BOUNDS,
            ProblemCode.UNREACHABLE,
            ProblemCode.ARITHMETIC_FAULT,
            ProblemCode.INDIRECT_CALL_MISMATCH,
            ProblemCode.OUTPUT_TOO_LARGE,
            ProblemCode.HOST_CALLS_EXHAUSTED,
            ProblemCode.PLUGIN_ERROR,
            ProblemCode.HANDLER_OUTPUT_INVALID,
            ProblemCode.ENDPOINT_OUTPUT_INVALID);

    private final QuarantineTerms terms;
    private final PluginCatalog catalog;
    private final QuarantineTurns turns;
    private final PlatformOutages outages;
    private final Clock clock;
    private final Map<Key, FailureWindow> windows = new ConcurrentHashMap<>();

    public Quarantine(
            QuarantineTerms terms, PluginCatalog catalog, QuarantineTurns turns, PlatformOutages outages, Clock clock) {
        this.terms = terms;
        this.catalog = catalog;
        this.turns = turns;
        this.outages = outages;
        this.clock = clock;
    }

    private record Key(TenantId tenant, PluginId plugin, Digest release) {}

    @Override
    public void ended(Invocation invocation, End end) {
        boolean watched = terms.on() && invocation.occasion().kind() != Occasion.Kind.LIFECYCLE;
        if (!watched) {
            return;
        }
        CallContext context = invocation.context();
        catalog.current(context.tenant()).find(context.plugin()).ifPresent(plugin -> ended(plugin, invocation, end));
    }

    private void ended(EnabledPlugin plugin, Invocation invocation, End end) {
        if (invocation.context().dryRun() && !plugin.plugin().isObserved()) {
            return;
        }
        if (end.problem().isPresent() && !counts(end, plugin, invocation.context())) {
            return;
        }
        boolean failed = end.problem().isPresent();
        CallContext context = invocation.context();
        Key key = new Key(
                context.tenant(), context.plugin(), plugin.plugin().active().packageDigest());
        FailureWindow window = windows.get(key);
        if (!failed && (window == null || window.isQuiet())) {
            return;
        }
        FailureWindow kept =
                window == null ? windows.computeIfAbsent(key, unknown -> new FailureWindow(terms.window())) : window;
        FailureWindow.Count count = kept.add(input(invocation), source(invocation), failed, clock.instant());
        if (failed && plugin.plugin().state() instanceof PluginState.Enabled state) {
            if (count.exceeds(terms, terms.inputs(state))) {
                windows.remove(key, kept);
                String code = end.problem().map(ProblemCode::code).orElse("");
                turns.quarantine(plugin.plugin(), reason(count, code, state.quarantines() > 0), terms);
            }
        }
    }

    private boolean counts(End end, EnabledPlugin plugin, CallContext context) {
        ProblemCode code = end.problem().orElseThrow();
        if (!FAULTS.contains(code)
                || outages.during(
                        context.tenant(), context.plugin(), end.usage().duration())) {
            return false;
        }
        // Its own run time, and not what was left of a hook's; and not while an interpreter stands in.
        return code != ProblemCode.RUN_TIME_EXCEEDED
                || plugin.module().mode() == ExecutionMode.COMPILED
                        && end.usage().duration().compareTo(plugin.limits().runTime()) >= 0;
    }

    private static long input(Invocation invocation) {
        return 31L * invocation.input().getAsLong()
                + invocation.occasion().handler().hashCode();
    }

    /** Hooks come from the product's own services; whom they do not name is nobody who could do it on purpose. */
    private static Optional<String> source(Invocation invocation) {
        Optional<String> user = invocation.context().user().map(known -> "user " + known.value());
        return user.isPresent() || invocation.occasion().kind() == Occasion.Kind.HOOK ? user : Optional.of("nobody");
    }

    private String reason(FailureWindow.Count count, String last, boolean onProbation) {
        return count.failed() + " of " + count.all() + " different inputs failed within "
                + terms.window().toSeconds() + " s" + (onProbation ? " when it was tried again" : "")
                + ", the last with "
                + last;
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
