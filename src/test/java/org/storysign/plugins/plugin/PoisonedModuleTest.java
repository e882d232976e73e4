package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.await;
import static org.storysign.plugins.plugin.TestService.problem;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.LoadAttempts.Attempt;
import org.storysign.plugins.problem.ProblemCode;

/** Control C3: a stored module that kills whoever loads it takes itself out of service, and nothing else. */
class PoisonedModuleTest {

    private static final PluginId POISON = new PluginId("resizer");
    private static final PluginId OTHER = new PluginId("other");

    private final TestService service = new TestService();
    private final Plugin poison = service.serve(TestPackages.of("{}", TestPackages.QUIET));

    /** A process dies while it loads the module: its note stays and grows old. */
    private void die() {
        Attempt attempt = new Attempt(TenantId.DEFAULT, poison.active().moduleDigest(), UUID.randomUUID());
        await(service.store.loads.begin(attempt, LoadTerms.USUAL));
        service.clock.advance(LoadTerms.USUAL.deadAfter().plus(Duration.ofSeconds(1)));
    }

    private TestService start() {
        TestService started = service.anotherProcess();
        await(started.catalog.refresh(TenantId.DEFAULT));
        return started;
    }

    @Test
    void a_load_that_ends_leaves_no_note() {
        await(service.catalog.refresh(TenantId.DEFAULT));
        start();

        assertThat(service.store.loads.notes()).isZero();
    }

    @Test
    void one_death_may_have_had_another_reason() {
        die();

        assertThat(start().served(POISON)).isPresent();
        assertThat(service.store.loads.notes()).isZero();
    }

    @Test
    void a_load_that_fails_says_nothing_about_the_dead() {
        die();
        service.store.corrupt(TenantId.DEFAULT, poison.active().moduleDigest(), new byte[] {0, 1, 2});

        assertThat(start().served(POISON)).isEmpty();

        assertThat(service.store.loads.notes()).as("the death").isEqualTo(1);
    }

    @Test
    void after_two_deaths_it_is_quarantined_and_others_serve() {
        service.serve(TestPackages.of("{\"id\": \"other\"}", TestPackages.QUIET.replace("(memory", "(func) (memory")));
        die();
        die();

        TestService started = start();
        await(started.turns.lookAt(TenantId.DEFAULT));

        assertThat(started.served(POISON)).isEmpty();
        assertThat(started.served(OTHER)).isPresent();
        assertThat(service.stored(POISON).state()).isInstanceOfSatisfying(PluginState.Quarantined.class, state -> {
            assertThat(state.reason()).contains("2 processes of the service died");
            assertThat(state.retryAt()).as("nobody but an operator tries again").isEmpty();
        });
        assertThat(service.store.audit())
                .filteredOn(entry -> entry.action() == AuditAction.PLUGIN_QUARANTINE)
                .extracting(AuditEntry::subject)
                .containsExactly("plugin:resizer");
    }

    @Test
    void an_operator_who_enables_it_has_it_tried_once_more() {
        die();
        die();
        TestService started = start();
        await(started.turns.lookAt(TenantId.DEFAULT));

        started.enable(POISON, EnableRequest.PLAIN);

        assertThat(started.served(POISON)).isPresent();
    }

    @Test
    void what_never_served_is_not_loaded_to_be_enabled_either() {
        service.disable(POISON);
        die();
        die();

        assertThat(problem(() -> service.enable(POISON, EnableRequest.PLAIN)).code())
                .isEqualTo(ProblemCode.MODULE_CRASHES);
        assertThat(service.stored(POISON).state()).isInstanceOf(PluginState.Disabled.class);
    }
}
