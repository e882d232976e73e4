package org.storysign.plugins.hook;

import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.manifest.HookName;

/** Policies in a map, for tests. Counts how often it was read. */
final class InMemoryHookPolicyStore implements HookPolicyStore {

    private final Map<HookName, HookPolicy> policies = new HashMap<>();
    private int reads;

    int reads() {
        return reads;
    }

    void put(HookName hook, HookPolicy policy) {
        policies.put(hook, policy);
    }

    @Override
    public Uni<Map<HookName, HookPolicy>> all(TenantId tenant) {
        return Uni.createFrom().item(() -> {
            reads++;
            return Map.copyOf(policies);
        });
    }

    @Override
    public Uni<Optional<HookPolicy>> replace(TenantId tenant, HookName hook, HookPolicy policy, AuditEntry audit) {
        return Uni.createFrom().item(() -> {
            HookPolicy present = policies.getOrDefault(hook, HookPolicy.NONE);
            if (present.revision() != policy.revision()) {
                return Optional.empty();
            }
            HookPolicy next = new HookPolicy(policy.order(), policy.onError(), policy.revision() + 1);
            policies.put(hook, next);
            return Optional.of(next);
        });
    }
}
