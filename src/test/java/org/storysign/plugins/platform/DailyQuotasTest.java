package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestClock;

class DailyQuotasTest {

    private static final PluginId NOTES = new PluginId("notes");

    private final TestClock clock = new TestClock();
    private final InMemoryQuotaLedger ledger = new InMemoryQuotaLedger();

    @Test
    void three_processes_with_four_threads_each_let_through_what_the_day_allows() throws Exception {
        long limit = 5_000;
        List<Callable<Long>> threads = Stream.generate(() -> new DailyQuotas(ledger, clock))
                .limit(3)
                .flatMap(process ->
                        Stream.generate(() -> hammering(process, limit)).limit(4))
                .toList();
        long served = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(threads.size())) {
            for (Future<Long> each : pool.invokeAll(threads)) {
                served += each.get();
            }
        }

        assertThat(served).isEqualTo(limit);
    }

    @Test
    void a_thousand_calls_ask_the_ledger_once_when_a_portion_is_so_large() {
        DailyQuotas quotas = new DailyQuotas(ledger, clock);

        assertThat(calls(quotas, 1_000, 1_000_000)).isEqualTo(1_000);
        assertThat(ledger.questions()).isOne();
    }

    @Test
    void a_small_quota_is_asked_for_one_by_one() {
        DailyQuotas quotas = new DailyQuotas(ledger, clock);

        assertThat(calls(quotas, 20, 7)).isEqualTo(7);
    }

    @Test
    void a_plugin_that_has_used_up_its_day_asks_nobody_any_more() {
        DailyQuotas quotas = new DailyQuotas(ledger, clock);
        calls(quotas, 20, 7);
        int asked = ledger.questions();

        assertThat(calls(quotas, 1_000, 7)).isZero();
        assertThat(ledger.questions()).isEqualTo(asked);
    }

    @Test
    void a_new_day_begins_anew() {
        DailyQuotas quotas = new DailyQuotas(ledger, clock);
        calls(quotas, 20, 7);

        clock.advance(Duration.ofDays(1));

        assertThat(calls(quotas, 20, 7)).isEqualTo(7);
    }

    @Test
    void what_was_left_of_yesterdays_portion_is_not_used_today() {
        DailyQuotas quotas = new DailyQuotas(ledger, clock);
        calls(quotas, 1, 2_000);

        clock.advance(Duration.ofDays(1));

        assertThat(quotas.takeOne(TenantId.DEFAULT, NOTES, PlatformService.AI)).isFalse();
    }

    private static Callable<Long> hammering(DailyQuotas quotas, long limit) {
        return () -> calls(quotas, 3_000, limit);
    }

    /** How many of so many calls are let through. */
    private static long calls(DailyQuotas quotas, int calls, long limit) {
        long served = 0;
        for (int i = 0; i < calls; i++) {
            if (quotas.takeOne(TenantId.DEFAULT, NOTES, PlatformService.AI)
                    || (!quotas.isUsedUp(TenantId.DEFAULT, NOTES, PlatformService.AI)
                            && quotas.fetchOne(
                                    TenantId.DEFAULT, NOTES, PlatformService.AI, limit, Duration.ofSeconds(1)))) {
                served++;
            }
        }
        return served;
    }
}
