package org.storysign.plugins.storage;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.hook.HookPolicy;
import org.storysign.plugins.hook.HookPolicyStore;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.HookName;

/** Hook policies in PostgreSQL. */
@Singleton
public final class PostgresHookPolicyStore implements HookPolicyStore {

    private final TenantTransactions transactions;

    @Inject
    PostgresHookPolicyStore(TenantTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<Map<HookName, HookPolicy>> all(TenantId tenant) {
        return transactions.read(
                tenant,
                () -> HookPolicyRow.<HookPolicyRow>list("key.tenant", tenant.value())
                        .map(rows -> rows.stream()
                                .collect(Collectors.toUnmodifiableMap(
                                        row -> new HookName(row.key.hook()), HookPolicyRow::toPolicy))));
    }

    @Override
    public Uni<Optional<HookPolicy>> replace(TenantId tenant, HookName hook, HookPolicy policy, AuditEntry audit) {
        HookPolicyRow.Key key = new HookPolicyRow.Key(tenant.value(), hook.value());
        return transactions.change(
                tenant,
                () -> HookPolicyRow.<HookPolicyRow>findById(key).flatMap(found -> {
                    HookPolicyRow row = found == null ? undecided(key) : found;
                    if (row.revision != policy.revision()) {
                        return Uni.createFrom().item(new Change.None<>(Optional.empty()));
                    }
                    row.write(policy);
                    return row.<HookPolicyRow>persist()
                            .map(kept -> new Change.OfCatalogue<>(Optional.of(kept.toPolicy()), audit));
                }));
    }

    private static HookPolicyRow undecided(HookPolicyRow.Key key) {
        HookPolicyRow row = new HookPolicyRow();
        row.key = key;
        return row;
    }
}
