package org.storysign.plugins.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.await;
import static org.storysign.plugins.plugin.TestService.problem;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.plugin.quarantine.QuarantineTerms;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** A plugin that fails goes out of service, is tried again, and comes back when it is well. */
class QuarantineTest {

    private static final PluginId ID = new PluginId("resizer");
    private static final String FAILING =
            TestModules.of(TestModules.Export.failing("bad"), TestModules.Export.quiet("good"));

    private final TestService service = new TestService();

    @Test
    void one_caller_with_one_input_does_not_take_a_plugin_away() {
        service.serve(TestPackages.of("{}", FAILING));

        for (int i = 0; i < 500; i++) {
            call("bad", "the same", Optional.of(new UserId("ada")));
        }

        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Enabled());
    }

    @Test
    void one_user_with_many_inputs_does_not_either() {
        service.serve(TestPackages.of("{}", FAILING));

        for (int i = 0; i < 500; i++) {
            call("bad", "input " + i, Optional.of(new UserId("ada")));
        }

        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Enabled());
    }

    @Test
    void callers_who_name_nobody_are_one_source_and_unknown_exports_nobodys_fault() {
        service.serve(TestPackages.of("{}", FAILING));

        for (int i = 0; i < 100; i++) {
            call("bad", "input " + i, Optional.empty());
            int number = i;
            problem(() -> call("absent", "input " + number, Optional.of(new UserId("user-" + number))));
        }

        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Enabled());
    }

    @Test
    void one_user_does_not_send_a_plugin_back_that_is_tried_again() {
        service.serve(TestPackages.of("{}", FAILING));
        failForMany();
        quarantined();
        service.clock.advance(Duration.ofMinutes(1));
        await(service.turns.lookAt(TenantId.DEFAULT));

        for (int i = 0; i < 100; i++) {
            call("bad", "input " + i, Optional.of(new UserId("ada")));
        }

        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Enabled(1));
    }

    @Test
    void a_plugin_that_fails_for_many_is_quarantined_and_costs_no_calls_any_more() {
        service.serve(TestPackages.of("{}", FAILING));
        failForMany();

        PluginState.Quarantined state = quarantined();

        assertThat(state.reason()).contains("different inputs failed within 60 s", "plugin-error");
        assertThat(state.quarantines()).isEqualTo(1);
        assertThat(state.retryAt()).contains(service.clock.instant().plus(Duration.ofMinutes(1)));
        assertThat(service.store.audit().getLast().action().publicName()).isEqualTo("plugin.quarantine");
        ProblemException refused = problem(() -> call("good", "", Optional.empty()));
        assertThat(refused.code()).isEqualTo(ProblemCode.PLUGIN_NOT_ENABLED);
        assertThat(refused.detail()).contains("in quarantine");
        assertThat(service.served(ID)).isEmpty();
    }

    @Test
    void it_is_tried_again_after_its_pause_and_comes_back_for_twice_as_long_when_it_fails_again() {
        service.serve(TestPackages.of("{}", FAILING));
        failForMany();
        Instant retryAt = quarantined().retryAt().orElseThrow();

        assertThat(await(service.turns.lookAt(TenantId.DEFAULT)))
                .as("too early")
                .isZero();
        service.clock.advance(Duration.ofMinutes(1));
        assertThat(await(service.turns.lookAt(TenantId.DEFAULT))).isEqualTo(1);
        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Enabled(1));

        for (int i = 0; i < QuarantineTerms.USUAL.onProbation(); i++) {
            call("bad", "input " + i, Optional.of(new UserId("user-" + i)));
        }
        PluginState.Quarantined again = quarantined();
        assertThat(again.quarantines()).isEqualTo(2);
        assertThat(again.retryAt()).contains(retryAt.plus(Duration.ofMinutes(2)));
        assertThat(again.reason()).contains("when it was tried again");
    }

    @Test
    void a_plugin_that_is_well_again_has_recovered_after_ten_minutes() {
        service.serve(TestPackages.of("{}", FAILING));
        failForMany();
        quarantined();
        service.clock.advance(Duration.ofMinutes(1));
        await(service.turns.lookAt(TenantId.DEFAULT));

        call("good", "", Optional.empty());
        service.clock.advance(Duration.ofMinutes(10));
        assertThat(await(service.turns.lookAt(TenantId.DEFAULT))).isEqualTo(1);

        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Enabled(0));
        assertThat(await(service.turns.lookAt(TenantId.DEFAULT))).isZero();
    }

    @Test
    void it_is_not_tried_again_while_a_plugin_it_needs_is_disabled() {
        PluginId dictionary = new PluginId("dictionary");
        service.serve(TestPackages.of("{\"id\": \"dictionary\"}", TestPackages.QUIET));
        service.serve(TestPackages.of("{\"dependencies\": {\"dictionary\": \"^1.0.0\"}}", FAILING));
        failForMany();
        quarantined();
        service.disable(dictionary);
        service.clock.advance(Duration.ofMinutes(1));

        assertThat(await(service.turns.lookAt(TenantId.DEFAULT))).isZero();
        assertThat(service.stored(ID).state()).isInstanceOf(PluginState.Quarantined.class);

        service.enable(dictionary, EnableRequest.PLAIN);
        assertThat(await(service.turns.lookAt(TenantId.DEFAULT))).isEqualTo(1);
        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Enabled(1));
    }

    @Test
    void what_it_needs_is_asked_for_again_in_the_change_itself() {
        PluginId dictionary = new PluginId("dictionary");
        service.serve(TestPackages.of("{\"id\": \"dictionary\"}", TestPackages.QUIET));
        service.serve(TestPackages.of("{\"dependencies\": {\"dictionary\": \"^1.0.0\"}}", FAILING));
        failForMany();
        quarantined();
        service.clock.advance(Duration.ofMinutes(1));
        TestService other = service.anotherProcess();
        await(other.catalog.refresh(TenantId.DEFAULT));
        service.disable(dictionary);

        assertThat(await(other.turns.lookAt(TenantId.DEFAULT)))
                .as("it has not heard yet")
                .isZero();

        assertThat(service.stored(ID).state()).isInstanceOf(PluginState.Quarantined.class);
    }

    @Test
    void each_turn_is_told_once_by_the_process_that_made_it() {
        service.serve(TestPackages.of("{}", FAILING));
        failForMany();
        quarantined();
        assertThat(service.catalog.quarantined()).isEqualTo(1);
        service.clock.advance(Duration.ofMinutes(1));
        TestService other = service.anotherProcess();
        await(other.catalog.refresh(TenantId.DEFAULT));
        await(service.turns.lookAt(TenantId.DEFAULT));
        await(other.turns.lookAt(TenantId.DEFAULT));

        assertThat(service.quarantineTurns).containsExactly(AuditAction.PLUGIN_QUARANTINE, AuditAction.PLUGIN_RETRY);
        assertThat(other.quarantineTurns).isEmpty();
        assertThat(service.catalog.quarantined()).isZero();
    }

    @Test
    void a_plugin_that_is_only_observed_is_quarantined_like_any_other() {
        service.serve(TestPackages.of("{}", FAILING));
        await(new PluginModes(service.store, service.catalog)
                .change(ID, Plugin.Mode.OBSERVE, OptionalLong.empty(), TestPackages.OPERATOR));

        failForMany();

        assertThat(quarantined().quarantines()).isEqualTo(1);
        assertThat(service.stored(ID).isObserved()).isTrue();
    }

    @Test
    void an_operator_releases_it_at_any_time() {
        service.serve(TestPackages.of("{}", FAILING));
        failForMany();
        quarantined();

        service.enable(ID, EnableRequest.PLAIN);

        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Enabled(0));
    }

    @Test
    void other_processes_follow() {
        service.serve(TestPackages.of("{}", FAILING));
        TestService other = service.anotherProcess();
        await(other.catalog.refresh(TenantId.DEFAULT));
        failForMany();
        quarantined();

        await(other.catalog.refresh(TenantId.DEFAULT));

        assertThat(other.served(ID)).isEmpty();
        assertThat(other.catalog.current(TenantId.DEFAULT).quarantine(ID)).isPresent();
    }

    @Test
    void run_time_that_an_interpreter_took_does_not_count() {
        service.serve(TestPackages.of(
                "{\"resource_limits\": {\"execution_time_ms\": 20}}",
                TestModules.of(TestModules.Export.looping("bad"))));

        for (int i = 0; i < QuarantineTerms.USUAL.inputs() + 5; i++) {
            call("bad", "input " + i, Optional.of(new UserId("user-" + i)));
        }

        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Enabled());
    }

    @Test
    void what_recovers_keeps_its_secrets_sealed() {
        String secret =
                "{\"config_schema\": {\"type\": \"object\", \"properties\": {\"t\": {\"type\": \"string\", \"writeOnly\": true}}}}";
        service.install(TestPackages.of(secret, FAILING));
        service.configure(ID, "{\"t\": \"canary\"}", 1);
        service.enable(ID, EnableRequest.PLAIN);
        failForMany();
        quarantined();
        service.clock.advance(Duration.ofMinutes(1));
        await(service.turns.lookAt(TenantId.DEFAULT));
        service.clock.advance(Duration.ofMinutes(10));
        await(service.turns.lookAt(TenantId.DEFAULT));

        assertThat(service.stored(ID).state()).isEqualTo(new PluginState.Enabled(0));
        assertThat(service.stored(ID).config().toString()).doesNotContain("canary");
    }

    private void failForMany() {
        for (int i = 0; i < QuarantineTerms.USUAL.inputs(); i++) {
            call("bad", "input " + i, Optional.of(new UserId("user-" + i)));
        }
    }

    /** The decision is kept a moment after the call that led to it. */
    private PluginState.Quarantined quarantined() {
        Pauses.await(
                "quarantine", Duration.ofSeconds(10), () -> service.served(ID).isEmpty());
        return (PluginState.Quarantined) service.stored(ID).state();
    }

    private void call(String export, String input, Optional<UserId> user) {
        try {
            service.caller
                    .call(TestPackages.OPERATOR, new PluginCall(ID, export, input.getBytes(UTF_8), user))
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ProblemException refused) {
                throw refused;
            }
            throw e;
        }
    }
}
