package org.storysign.plugins.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.hook.HookPolicy;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.Tenants;
import org.storysign.plugins.manifest.FailurePolicy;
import org.storysign.plugins.manifest.HookName;

@ServiceTest
class PostgresHookPolicyStoreTest {

    private static final HookName HOOK = new HookName("story_generation");

    @Inject
    PostgresHookPolicyStore store;

    private final TenantId tenant = Tenants.fresh();
    private final AuditEntry audit = Entries.of(tenant, AuditAction.HOOK_POLICY_CHANGE, "hook:story_generation");

    @Test
    void a_policy_is_replaced_only_at_the_revision_it_was_read_at() {
        HookPolicy closed =
                new HookPolicy(List.of(new PluginId("bb"), new PluginId("aa")), Optional.of(FailurePolicy.CLOSED), 0);
        assertThat(await(store.all(tenant))).isEmpty();

        assertThat(await(store.replace(tenant, HOOK, closed, audit))).contains(at(closed, 1));
        assertThat(await(store.replace(tenant, HOOK, at(HookPolicy.NONE, 0), audit)))
                .isEmpty();
        assertThat(await(store.replace(tenant, HOOK, at(HookPolicy.NONE, 1), audit)))
                .contains(at(HookPolicy.NONE, 2));

        assertThat(await(store.all(tenant))).isEqualTo(Map.of(HOOK, at(HookPolicy.NONE, 2)));
        assertThat(await(store.all(Tenants.fresh()))).isEmpty();
    }

    @Test
    void of_many_replacements_of_one_revision_exactly_one_is_made_and_told_and_counted() throws Exception {
        List<Boolean> made = Threads.together(
                8,
                () -> await(store.replace(tenant, HOOK, HookPolicy.NONE, audit)).isPresent());

        assertThat(made).containsOnlyOnce(true);
        assertThat(Rows.count("audit_log", tenant)).isEqualTo(1);
        assertThat(Rows.text("SELECT revision FROM tenant WHERE tenant = '" + tenant + "'"))
                .isEqualTo("1");
    }

    @Test
    void entries_of_changes_side_by_side_form_one_chain() throws Exception {
        Threads.together(
                8,
                () -> await(store.replace(tenant, new HookName("hook_" + Threads.number()), HookPolicy.NONE, audit)));

        assertThat(Rows.text("SELECT string_agg(sequence::text, ',' ORDER BY sequence) FROM audit_log WHERE tenant = '"
                        + tenant + "'"))
                .isEqualTo("1,2,3,4,5,6,7,8");
        assertThat(Rows.text("SELECT audit_first_break() FROM set_config('plugins.tenant', '" + tenant + "', false)"))
                .isEqualTo("null");
        assertThat(Rows.text("SELECT actor || ' ' || action || ' ' || subject || ' ' || facts FROM audit_log"
                        + " WHERE tenant = '" + tenant + "' LIMIT 1"))
                .isEqualTo("key:test hook-policy.change hook:story_generation {\"n\":1,\"text\":\"a\\u0000b\"}");
    }

    @Test
    void a_change_whose_audit_entry_cannot_be_written_is_not_made() throws Exception {
        Rows.change("ALTER TABLE audit_log ADD CONSTRAINT broken CHECK (tenant <> '" + tenant + "')");
        try {
            assertThatThrownBy(() -> await(store.replace(tenant, HOOK, HookPolicy.NONE, audit)))
                    .isInstanceOf(IllegalStateException.class);
        } finally {
            Rows.change("ALTER TABLE audit_log DROP CONSTRAINT broken");
        }

        assertThat(await(store.all(tenant))).isEmpty();
        assertThat(Rows.count("tenant", tenant)).isZero();
        assertThat(await(store.replace(tenant, HOOK, HookPolicy.NONE, audit))).isPresent();
    }

    private static HookPolicy at(HookPolicy policy, long revision) {
        return new HookPolicy(policy.order(), policy.onError(), revision);
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(30));
    }
}
