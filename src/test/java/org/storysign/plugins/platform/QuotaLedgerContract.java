package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Tenants;

/** What every {@link QuotaLedger} does. Each test has tenants of its own that have taken nothing. */
public abstract class QuotaLedgerContract {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    private final TenantId tenant = Tenants.fresh();
    private final TenantId otherTenant = Tenants.fresh();

    protected abstract QuotaLedger ledger();

    @Test
    void what_is_left_is_given_and_no_more() {
        QuotaKey key = key(tenant, "notes", PlatformService.AI, TODAY);

        assertThat(ledger().take(key, 4, 10, SOON)).isEqualTo(4);
        assertThat(ledger().take(key, 4, 10, SOON)).isEqualTo(4);
        assertThat(ledger().take(key, 4, 10, SOON)).isEqualTo(2);
        assertThat(ledger().take(key, 4, 10, SOON)).isZero();
    }

    @Test
    void every_tenant_plugin_service_and_day_has_its_own() {
        QuotaKey key = key(tenant, "notes", PlatformService.AI, TODAY);
        ledger().take(key, 10, 10, SOON);

        assertThat(List.of(
                        key(otherTenant, "notes", PlatformService.AI, TODAY),
                        key(tenant, "sketches", PlatformService.AI, TODAY),
                        key(tenant, "notes", PlatformService.LIVE, TODAY),
                        key(tenant, "notes", PlatformService.AI, TODAY.plusDays(1))))
                .allMatch(other -> ledger().take(other, 10, 10, SOON) == 10);
        assertThat(ledger().take(key, 1, 10, SOON)).isZero();
    }

    @Test
    void a_lower_limit_takes_nothing_back_and_gives_nothing() {
        QuotaKey key = key(tenant, "notes", PlatformService.AI, TODAY);
        ledger().take(key, 10, 10, SOON);

        assertThat(ledger().take(key, 1, 5, SOON)).isZero();
        assertThat(ledger().take(key, 5, 12, SOON)).isEqualTo(2);
    }

    @Test
    void eight_who_ask_at_once_get_the_quota_exactly() throws Exception {
        QuotaKey key = key(tenant, "notes", PlatformService.AI, TODAY);
        Callable<Long> greedy = () -> IntStream.range(0, 20)
                .mapToLong(i -> ledger().take(key, 3, 101, SOON))
                .sum();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            long given = 0;
            for (Future<Long> each : threads.invokeAll(
                    IntStream.range(0, 8).mapToObj(i -> greedy).toList())) {
                given += each.get();
            }

            assertThat(given).isEqualTo(101);
        }
    }

    private static QuotaKey key(TenantId tenant, String plugin, PlatformService service, LocalDate day) {
        return new QuotaKey(tenant, new PluginId(plugin), service, day);
    }
}
