package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.storysign.plugins.plugin.TestService.await;
import static org.storysign.plugins.plugin.TestService.json;
import static org.storysign.plugins.plugin.TestService.problem;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.SecurityLevel;
import org.storysign.plugins.permission.Grants;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class TenantPolicyTest {

    private static final PluginId ID = new PluginId("resizer");
    private static final TenantPolicy NO_STORAGE = new TenantPolicy(
            SecurityLevel.STANDARD, SecurityLevel.STANDARD, Set.of(PermissionName.STORAGE_WRITE), OptionalInt.of(2), 1);

    private final TestService service = new TestService();

    @Test
    void a_permission_that_is_never_granted_is_refused_when_a_plugin_is_enabled() {
        service.install(TestPackages.of(TestPackages.ASKS_STORAGE, TestPackages.SAVES));
        service.store.put(TenantId.DEFAULT, NO_STORAGE);

        ProblemException problem = problem(() -> service.enableAgreeing(ID, "[\"storage:write\"]"));

        assertThat(problem.code()).isEqualTo(ProblemCode.POLICY_FORBIDS);
        assertThat(problem.facts()).containsEntry(FactKey.PERMISSION, "storage:write");
        assertThat(problem.detail()).contains("never_granted");
        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Installed());
        assertThat(service.initialisations(ID)).isZero();
    }

    @Test
    void a_plugin_that_has_what_is_forbidden_since_ceases_to_serve_and_says_why() {
        service.install(TestPackages.of(TestPackages.ASKS_STORAGE, TestPackages.SAVES));
        service.enableAgreeing(ID, "[\"storage:write\"]");
        service.serve(TestPackages.of("{\"id\": \"other\"}", TestPackages.QUIET));

        service.store.put(TenantId.DEFAULT, NO_STORAGE);
        await(service.catalog.refresh(TenantId.DEFAULT));

        assertThat(service.served(ID)).isEmpty();
        assertThat(service.served(new PluginId("other"))).isPresent();
        assertThat(service.catalog.loadFailures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.code()).isEqualTo(ProblemCode.POLICY_FORBIDS));
        ReleaseStanding standing = service.standing(
                ID, service.stored(ID).active().manifest().version().value());
        assertThat(standing.state()).isEqualTo(ReleaseStanding.State.BLOCKED);
        assertThat(standing.reason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("storage:write"));
    }

    @Test
    void a_process_that_begins_later_does_not_load_it_either_and_a_milder_policy_brings_it_back() {
        service.install(TestPackages.of(TestPackages.ASKS_STORAGE, TestPackages.SAVES));
        service.enableAgreeing(ID, "[\"storage:write\"]");
        service.store.put(TenantId.DEFAULT, NO_STORAGE);
        TestService later = service.anotherProcess();

        await(later.catalog.refresh(TenantId.DEFAULT));
        assertThat(later.served(ID)).isEmpty();
        service.store.put(TenantId.DEFAULT, TenantPolicy.USUAL.at(2));
        await(later.catalog.refresh(TenantId.DEFAULT));

        assertThat(later.served(ID)).isPresent();
    }

    @Test
    void no_consent_makes_a_level_that_is_too_loose_good() {
        service.install(TestPackages.of("{}", TestPackages.QUIET));
        service.store.put(TenantId.DEFAULT, NO_STORAGE);
        EnableRequest minimal =
                new EnableRequest(Optional.of(json("[]")), Optional.empty(), Optional.of(SecurityLevel.MINIMAL));

        assertThat(problem(() -> service.enable(ID, minimal)).code()).isEqualTo(ProblemCode.POLICY_FORBIDS);
        assertThat(service.enable(ID, EnableRequest.PLAIN).level()).isEqualTo(SecurityLevel.STANDARD);
    }

    @Test
    void the_usual_level_is_the_tenants_and_a_looser_one_needs_consent() {
        service.store.put(
                TenantId.DEFAULT,
                new TenantPolicy(SecurityLevel.STRICT, SecurityLevel.STANDARD, Set.of(), OptionalInt.empty(), 1));
        service.install(TestPackages.of("{}", TestPackages.QUIET));
        EnableRequest standard =
                new EnableRequest(Optional.of(json("[]")), Optional.empty(), Optional.of(SecurityLevel.STANDARD));

        assertThat(problem(() -> service.enable(ID, EnableRequest.PLAIN)).code())
                .isEqualTo(ProblemCode.SIGNATURE_REQUIRED);
        assertThat(problem(() -> service.enable(ID, standard)).code()).isEqualTo(ProblemCode.CONSENT_REQUIRED);
    }

    @Test
    void there_is_room_for_as_many_plugins_as_it_says() {
        NO_STORAGE.requireRoom(ID, 1);

        assertThatThrownBy(() -> NO_STORAGE.requireRoom(ID, 2))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("more than 2 plugins");
        TenantPolicy.USUAL.requireRoom(ID, 1_000_000);
    }

    @Test
    void a_usual_level_looser_than_the_loosest_is_no_policy() {
        assertThatThrownBy(() -> new TenantPolicy(
                        SecurityLevel.MINIMAL, SecurityLevel.STANDARD, Set.of(), OptionalInt.empty(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("looser than the loosest");
        TenantPolicy.USUAL.require(ID, Grants.of(PermissionName.STORAGE_WRITE), SecurityLevel.MINIMAL);
    }
}
