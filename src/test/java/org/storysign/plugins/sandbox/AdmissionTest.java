package org.storysign.plugins.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class AdmissionTest {

    private static final PluginId ONE = new PluginId("one");
    private static final PluginId TWO = new PluginId("two");

    private final Admission admission = new Admission(2, 3);

    @Test
    void a_plugin_with_too_many_calls_is_refused_and_others_are_not() {
        admission.enter(TenantId.DEFAULT, ONE);
        admission.enter(TenantId.DEFAULT, ONE);

        assertThatThrownBy(() -> admission.enter(TenantId.DEFAULT, ONE))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ProblemCode.PLUGIN_OVERLOADED);
                    assertThat(refused.facts()).containsEntry(FactKey.RETRY_AFTER, 1);
                });
        assertThatCode(() -> admission.enter(TenantId.DEFAULT, TWO)).doesNotThrowAnyException();
    }

    @Test
    void the_same_plugin_of_another_tenant_is_another_plugin() {
        admission.enter(TenantId.DEFAULT, ONE);
        admission.enter(TenantId.DEFAULT, ONE);

        assertThatCode(() -> admission.enter(new TenantId("other"), ONE)).doesNotThrowAnyException();
    }

    @Test
    void too_many_calls_of_all_are_refused() {
        admission.enter(TenantId.DEFAULT, ONE);
        admission.enter(TenantId.DEFAULT, ONE);
        admission.enter(TenantId.DEFAULT, TWO);

        assertThatThrownBy(() -> admission.enter(TenantId.DEFAULT, TWO))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ProblemCode.OVERLOADED);
                    assertThat(refused.facts()).containsEntry(FactKey.RETRY_AFTER, 1);
                });
    }

    @Test
    void who_leaves_makes_room() {
        admission.enter(TenantId.DEFAULT, ONE);
        admission.enter(TenantId.DEFAULT, ONE);
        admission.leave(TenantId.DEFAULT, ONE);

        admission.enter(TenantId.DEFAULT, ONE);

        assertThat(admission.admitted()).isEqualTo(2);
    }
}
