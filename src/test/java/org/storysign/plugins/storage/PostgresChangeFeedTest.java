package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.hook.HookPolicy;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.plugin.CatalogRevision;

@ServiceTest
class PostgresChangeFeedTest {

    private static final String LISTENERS =
            " FROM pg_stat_activity WHERE application_name = 'storysign-plugins-listener'";

    @Inject
    PostgresChangeFeed feed;

    @Inject
    PostgresHookPolicyStore policies;

    private final TenantId tenant = Tenants.fresh();
    private final BlockingQueue<TenantId> hints = new LinkedBlockingQueue<>();

    @Test
    void a_change_is_told_when_it_is_committed_and_told_again_after_the_connection_was_cut() throws Exception {
        change("first");
        feed.listen(hints::add);
        assertHinted("every tenant at the start");

        change("second");
        assertHinted("the change");
        assertThat(revision()).isEqualTo(2);

        assertThat(Rows.text("SELECT count(pg_terminate_backend(pid))" + LISTENERS))
                .isNotEqualTo("0");
        assertHinted("every tenant after the reconnection");
        change("third");
        assertHinted("the change over the new connection");
        assertThat(revision()).isEqualTo(3);
    }

    @Test
    void a_tenants_revision_counts_its_own_changes() throws Exception {
        change("first");
        change("second");

        assertThat(revision()).isEqualTo(2);
    }

    private void change(String hook) {
        Optional<HookPolicy> made = policies.replace(
                        tenant,
                        new HookName(hook),
                        HookPolicy.NONE,
                        Entries.of(tenant, AuditAction.HOOK_POLICY_CHANGE, "hook:" + hook))
                .await()
                .atMost(Duration.ofSeconds(30));
        assertThat(made).isPresent();
    }

    private long revision() {
        return feed.revisions().await().atMost(Duration.ofSeconds(30)).stream()
                .filter(each -> each.tenant().equals(tenant))
                .mapToLong(CatalogRevision::revision)
                .sum();
    }

    private void assertHinted(String what) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        TenantId hint = null;
        while (!tenant.equals(hint) && System.nanoTime() < deadline) {
            hint = hints.poll(1, TimeUnit.SECONDS);
        }
        assertThat(hint).as(what).isEqualTo(tenant);
        hints.clear();
    }
}
