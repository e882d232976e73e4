package org.storysign.plugins.platform;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;

/**
 * Daily quotas, taken from the {@link QuotaLedger} in portions, so that most calls ask nobody. A portion is a thousandth of the quota,
 * at least 1: what the processes together let through is never more than the quota, and less by at most a portion for each process
 * that ended with some left. Safe for concurrent use.
 */
final class DailyQuotas {

    private static final int PORTIONS = 1_000;

    private final QuotaLedger ledger;
    private final Clock clock;
    private final Map<Whose, Portion> portions = new ConcurrentHashMap<>();

    DailyQuotas(QuotaLedger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Takes one call out of the portion at hand. Asks nobody: when it answers false, {@link #fetchOne} may still get one. */
    boolean takeOne(TenantId tenant, PluginId plugin, PlatformService service) {
        Portion portion = portions.get(new Whose(tenant, plugin, service));
        return portion != null && portion.day().equals(today()) && portion.take();
    }

    /** Whether the ledger said already that nothing is left today. */
    boolean isUsedUp(TenantId tenant, PluginId plugin, PlatformService service) {
        Portion portion = portions.get(new Whose(tenant, plugin, service));
        return portion != null && portion.last() && portion.day().equals(today()) && portion.isEmpty();
    }

    /** Fetches a portion and takes one call out of it; false when the day's quota is used up. Waits for the ledger. */
    boolean fetchOne(TenantId tenant, PluginId plugin, PlatformService service, long limit, Duration timeout) {
        QuotaKey key = new QuotaKey(tenant, plugin, service, today());
        long wanted = Math.max(1, limit / PORTIONS);
        long given = ledger.take(key, wanted, limit, timeout);
        portions.merge(
                new Whose(tenant, plugin, service),
                new Portion(key.day(), new AtomicLong(Math.max(0, given - 1)), given < wanted),
                (old, fresh) -> old.day().equals(fresh.day()) ? old.joined(fresh) : fresh);
        return given > 0;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC);
    }

    private record Whose(TenantId tenant, PluginId plugin, PlatformService service) {}

    /** What is at hand; {@code last} when the ledger had no more. */
    private record Portion(LocalDate day, AtomicLong left, boolean last) {

        boolean take() {
            return left.getAndUpdate(calls -> Math.max(0, calls - 1)) > 0;
        }

        boolean isEmpty() {
            return left.get() == 0;
        }

        /** Keeps this counter, since others may be taking from it. */
        Portion joined(Portion fresh) {
            left.addAndGet(fresh.left.get());
            return new Portion(day, left, last || fresh.last);
        }
    }
}
