package org.storysign.plugins.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.Actor;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.TenantPolicy;
import org.storysign.plugins.plugin.Tenants;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class TenantAdmissionTest {

    private final Set<TenantId> there = new HashSet<>(Set.of(TenantId.DEFAULT));
    private int asked;

    @Test
    void where_tenants_are_made_only_on_purpose_a_misspelt_one_is_not_found() {
        TenantAdmission admission = new TenantAdmission(new Names(), () -> TenantConfig.OnFirstUse.REFUSE);

        assertThat(admit(admission, "default")).isNotNull();
        assertThatThrownBy(() -> admit(admission, "defualt"))
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .extracting(ProblemException::code)
                .isEqualTo(ProblemCode.TENANT_NOT_FOUND);
        there.add(new TenantId("defualt"));
        assertThat(admit(admission, "defualt")).isNotNull();
    }

    @Test
    void what_is_there_is_asked_for_once() {
        TenantAdmission admission = new TenantAdmission(new Names(), () -> TenantConfig.OnFirstUse.REFUSE);

        for (int request = 0; request < 100; request++) {
            admit(admission, "default");
        }

        assertThat(asked).isEqualTo(1);
    }

    @Test
    void otherwise_nobody_asks() {
        TenantAdmission admission = new TenantAdmission(new Names(), () -> TenantConfig.OnFirstUse.CREATE);

        assertThat(admit(admission, "new")).isNotNull();
        assertThat(asked).isZero();
    }

    private static Caller admit(TenantAdmission admission, String tenant) {
        Caller caller = new Caller(
                new Actor("platform:admin-key", new TenantId(tenant), Set.of(Role.ADMIN)),
                Set.of(),
                ApiKey.Users.ANY,
                Optional.empty(),
                Optional.empty());
        return admission.admit(caller).await().indefinitely();
    }

    /** Knows only which are there. */
    private final class Names implements Tenants {

        @Override
        public Uni<Boolean> exists(TenantId id) {
            asked++;
            return Uni.createFrom().item(there.contains(id));
        }

        @Override
        public Uni<List<Listed>> list(Optional<String> after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Optional<Tenant>> find(TenantId id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Boolean> create(TenantId id, TenantPolicy policy, AuditEntry audit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Optional<TenantPolicy>> replace(TenantId id, TenantPolicy policy, AuditEntry audit) {
            throw new UnsupportedOperationException();
        }
    }
}
