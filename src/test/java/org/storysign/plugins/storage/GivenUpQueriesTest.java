package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.DataWrite;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.problem.ProblemException;

/** Guests whose wait time ends inside the database leave nothing behind there. */
@ServiceTest
class GivenUpQueriesTest {

    private static final Logger LOG = Logger.getLogger("given-up");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final DataLimits ROOMY = new DataLimits(MemorySize.ofMiB(1), 10_000);
    private static final String OF_THE_SERVICE = " FROM pg_stat_activity WHERE application_name = 'storysign-plugins'";

    @Inject
    PostgresKeyValueStore store;

    @ConfigProperty(name = "quarkus.datasource.reactive.max-size")
    int poolSize;

    private final DataOwner owner = new DataOwner(Tenants.fresh(), new PluginId("notes"), Optional.empty());

    @Test
    void a_thousand_given_up_writes_leave_the_pool_as_it_was() throws Exception {
        put("before", PATIENCE);
        try (Connection blocker = TestDatabase.asSuperuser();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("SELECT 1 FROM plugin_usage WHERE tenant = '" + owner.tenant() + "' FOR UPDATE");

            assertThat(givenUp(1_000)).isEqualTo(1_000);

            blocker.rollback();
        }

        for (int i = 0; i < 3 * poolSize; i++) {
            put("after-" + i, PATIENCE);
        }
        LOG.infof("1000 given up; connections %s of %d", Rows.text("SELECT count(*)" + OF_THE_SERVICE), poolSize);
        assertThat(Integer.parseInt(Rows.text("SELECT count(*)" + OF_THE_SERVICE)))
                .isLessThanOrEqualTo(poolSize);
        assertNoneSoon(OF_THE_SERVICE + " AND state LIKE 'idle in transaction%'");
        assertNoneSoon(" FROM pg_locks WHERE NOT granted");
    }

    /** None for a moment at least: the service has work of its own that comes and goes. */
    private static void assertNoneSoon(String rows) {
        assertThat(Pauses.until(Duration.ofSeconds(10), () -> count(rows) == 0))
                .as(rows)
                .isTrue();
    }

    private static long count(String rows) {
        try {
            return Long.parseLong(Rows.text("SELECT count(*)" + rows));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** So many writes that wait for a lock for a moment, sixteen at once. */
    private int givenUp(int writes) throws Exception {
        Callable<Boolean> write = () -> {
            assertThatThrownBy(() -> put("blocked", Duration.ofMillis(5))).isInstanceOf(ProblemException.class);
            return true;
        };
        int ended = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (Future<Boolean> each : threads.invokeAll(List.copyOf(Collections.nCopies(writes, write)))) {
                ended += each.get() ? 1 : 0;
            }
        }
        return ended;
    }

    private void put(String key, Duration timeout) {
        store.put(owner, new DataWrite(key, "1", Optional.empty(), new WriteCondition.Always()), ROOMY, timeout);
    }
}
