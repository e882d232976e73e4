package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.audit.AuditRecord;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.DataWrite;
import org.storysign.plugins.platform.StoredValue;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.WriteOutcome;
import org.storysign.plugins.problem.ProblemException;

@ServiceTest
class PostgresPluginDataStoreTest {

    private static final DataLimits LIMITS = new DataLimits(MemorySize.ofKiB(1), 2);
    private static final WriteCondition ALWAYS = new WriteCondition.Always();

    @Inject
    PostgresPluginDataStore store;

    @Inject
    PostgresAuditTrail trail;

    private final TenantId tenant = Tenants.fresh();
    private final DataOwner owner = new DataOwner(tenant, new PluginId("notes"), Optional.empty());

    @Test
    void every_write_and_delete_that_is_made_has_its_entry_and_none_that_is_not() {
        assertThat(put("a", "1", ALWAYS)).isEqualTo(new WriteOutcome.Done(1, true));
        assertThat(put("a", "2", new WriteCondition.Absent())).isEqualTo(new WriteOutcome.ConditionFailed());
        assertThat(put("b", "\"" + "x".repeat(1_100) + "\"", ALWAYS)).isInstanceOf(WriteOutcome.OverLimit.class);
        assertThat(delete("c")).isEqualTo(new WriteOutcome.Missing());
        assertThat(await(store.get(owner, "a"))).contains(new StoredValue("1", 1, Optional.empty()));
        assertThat(delete("a")).isEqualTo(new WriteOutcome.Done(1, false));

        assertThat(await(trail.page(tenant, OptionalLong.empty(), 10)))
                .extracting(AuditRecord::subject)
                .containsExactly("data:a", "data:a");
        assertThat(await(trail.firstBreak(tenant))).isEmpty();
    }

    @Test
    void a_key_that_cannot_be_kept_is_refused_without_an_entry() throws Exception {
        assertThatThrownBy(() -> put("a\0", "1", ALWAYS)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> delete("")).isInstanceOf(ProblemException.class);

        assertThat(Rows.count("audit_log", tenant)).isZero();
    }

    private WriteOutcome put(String key, String json, WriteCondition condition) {
        return await(store.put(
                owner,
                new DataWrite(key, json, Optional.empty(), condition),
                LIMITS,
                entry(AuditAction.DATA_WRITE, key)));
    }

    private WriteOutcome delete(String key) {
        return await(store.delete(owner, key, ALWAYS, entry(AuditAction.DATA_DELETE, key)));
    }

    private AuditEntry entry(AuditAction action, String key) {
        return Entries.of(tenant, action, "data:" + key);
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(30));
    }
}
