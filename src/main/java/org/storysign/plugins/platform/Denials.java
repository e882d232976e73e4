package org.storysign.plugins.platform;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.ProblemCode;

/**
 * What plugins were denied, counted until somebody writes it down: a plugin that asks a million times makes one entry of the audit
 * trail, not a million. Safe for concurrent use.
 */
public final class Denials implements GateListener {

    /** What a plugin may not do; everything else that goes wrong is a fault or a lack of room. */
    private static final Set<ProblemCode> DENIED =
            EnumSet.of(ProblemCode.PERMISSION_DENIED, ProblemCode.QUOTA_EXCEEDED, ProblemCode.HTTP_DENIED);

    private final Clock clock;
    private final Map<Kind, Count> counts = new ConcurrentHashMap<>();

    public Denials(Clock clock) {
        this.clock = clock;
    }

    /** Denials of one kind. */
    public record Denial(
            TenantId tenant,
            PluginId plugin,
            String function,
            ProblemCode code,
            long count,
            Instant first,
            Instant last) {}

    private record Kind(TenantId tenant, PluginId plugin, String function, ProblemCode code) {}

    private record Count(long count, Instant first, Instant last) {

        Count plus(Count later) {
            return new Count(count + later.count, first, later.last);
        }
    }

    @Override
    public void answered(GateAnswer answer) {
        answer.refused().filter(DENIED::contains).ifPresent(code -> {
            Instant now = clock.instant();
            counts.merge(
                    new Kind(answer.tenant(), answer.plugin(), answer.function(), code),
                    new Count(1, now, now),
                    Count::plus);
        });
    }

    /** Those since the last time, each counted once over all drains. */
    public List<Denial> drain() {
        List<Denial> drained = new ArrayList<>();
        for (Kind kind : List.copyOf(counts.keySet())) {
            Count count = counts.remove(kind);
            if (count != null) {
                drained.add(new Denial(
                        kind.tenant, kind.plugin, kind.function, kind.code, count.count, count.first, count.last));
            }
        }
        return drained;
    }

    /** Counts again what could not be written down. */
    public void giveBack(Denial denial) {
        counts.merge(
                new Kind(denial.tenant, denial.plugin, denial.function, denial.code),
                new Count(denial.count, denial.first, denial.last),
                (later, earlier) -> earlier.plus(later));
    }
}
