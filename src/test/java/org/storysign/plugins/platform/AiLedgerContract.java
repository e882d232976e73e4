package org.storysign.plugins.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.platform.AiLedger.Account;
import org.storysign.plugins.platform.AiLedger.Amount;

/** What every {@link AiLedger} does. Each test has tenants of its own that have used nothing. */
public abstract class AiLedgerContract {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
    private static final Amount MOST = new Amount(100, 1_000);

    private final TenantId tenant = Tenants.fresh();
    private final TenantId otherTenant = Tenants.fresh();

    protected abstract AiLedger ledger();

    @Test
    void what_fits_is_taken_and_what_does_not_changes_nothing() {
        assertThat(reserve(60, 600)).isTrue();
        assertThat(reserve(41, 0)).as("too many tokens").isFalse();
        assertThat(reserve(0, 401)).as("too much money").isFalse();
        assertThat(reserve(40, 400)).isTrue();
        assertThat(reserve(1, 0)).isFalse();
    }

    @Test
    void what_was_not_used_can_be_taken_again() {
        reserve(100, 1_000);

        ledger().settle(account(), new Amount(100, 1_000), new Amount(30, 200), SOON);

        assertThat(reserve(70, 800)).isTrue();
        assertThat(reserve(1, 1)).isFalse();
    }

    @Test
    void more_than_was_reserved_counts_too() {
        reserve(10, 10);

        ledger().settle(account(), new Amount(10, 10), new Amount(95, 10), SOON);

        assertThat(reserve(6, 0)).isFalse();
        assertThat(reserve(5, 0)).isTrue();
    }

    @Test
    void every_tenant_plugin_and_day_has_its_own() {
        reserve(100, 1_000);

        assertThat(ledger().reserve(account(otherTenant, "notes", TODAY), MOST, MOST, SOON))
                .isTrue();
        assertThat(ledger().reserve(account(tenant, "sketches", TODAY), MOST, MOST, SOON))
                .isTrue();
        assertThat(ledger().reserve(account(tenant, "notes", TODAY.plusDays(1)), MOST, MOST, SOON))
                .isTrue();
    }

    @Test
    void a_limit_without_end_is_none() {
        Amount endless = new Amount(Long.MAX_VALUE, Long.MAX_VALUE);

        assertThat(ledger().reserve(account(), new Amount(1_000_000, 5), endless, SOON))
                .isTrue();
        assertThat(ledger().reserve(account(), new Amount(1_000_000, 5), endless, SOON))
                .isTrue();
    }

    @Test
    void eight_who_spend_at_once_spend_the_budget_exactly() throws Exception {
        Callable<Integer> spender = () -> {
            int spent = 0;
            for (int i = 0; i < 30; i++) {
                spent += reserve(1, 10) ? 1 : 0;
            }
            return spent;
        };
        int spent = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Integer> each : threads.invokeAll(Collections.nCopies(8, spender))) {
                spent += each.get();
            }
        }

        assertThat(spent).isEqualTo(100);
    }

    private boolean reserve(long tokens, long micros) {
        return ledger().reserve(account(), new Amount(tokens, micros), MOST, SOON);
    }

    private Account account() {
        return account(tenant, "notes", TODAY);
    }

    private static Account account(TenantId tenant, String plugin, LocalDate day) {
        return new Account(tenant, new PluginId(plugin), day);
    }
}
