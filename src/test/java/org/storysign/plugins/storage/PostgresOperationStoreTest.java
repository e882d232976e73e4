package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.plugin.TestService;
import org.storysign.plugins.plugin.source.OperationStore;
import org.storysign.plugins.plugin.source.OperationStoreContract;

@ServiceTest
class PostgresOperationStoreTest extends OperationStoreContract {

    @Inject
    PostgresOperationStore store;

    @Inject
    FinishedOperationCleanup cleanup;

    @Override
    protected OperationStore store() {
        return store;
    }

    @Override
    protected void letLeasesPass() {
        try {
            Rows.change("UPDATE operation SET lease_ends = now() - interval '1 second' WHERE lease_ends IS NOT NULL");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void operations_are_deleted_a_week_after_their_end_and_left_ones_are_ended_first() throws SQLException {
        TenantId tenant = Tenants.fresh();
        Rows.change("INSERT INTO tenant (tenant) VALUES ('" + tenant + "')");
        Rows.change(
                "INSERT INTO operation (tenant, id, source, started_by, state, phase, lease_owner, lease_ends, finished_at,"
                        + " problem_code, problem_detail) VALUES "
                        + "('%1$s', gen_random_uuid(), 'old', 'a', 'failed', 'finished', NULL, NULL, now() - interval '8 days', 'x', 'y'),"
                                .formatted(tenant)
                        + "('%1$s', gen_random_uuid(), 'new', 'a', 'failed', 'finished', NULL, NULL, now() - interval '6 days', 'x', 'y'),"
                                .formatted(tenant)
                        + "('%1$s', gen_random_uuid(), 'left', 'a', 'running', 'fetching', 'b', now() - interval '1 second', NULL, NULL, NULL)"
                                .formatted(tenant));

        TestService.await(cleanup.clean(tenant));

        assertThat(Rows.text(
                        "SELECT string_agg(source || ' ' || problem_code, ', ' ORDER BY source) FROM operation WHERE tenant = '"
                                + tenant + "'"))
                .isEqualTo("left operation-interrupted, new x");
    }
}
