package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestPackages.OPERATOR;
import static org.storysign.plugins.plugin.TestService.await;
import static org.storysign.plugins.plugin.TestService.problem;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.Plugin.Mode;
import org.storysign.plugins.problem.ProblemCode;

/** Into observe mode and back: stored with its audit entry, followed by other processes, kept through the plugin's life. */
class PluginModesTest {

    private static final PluginId ID = new PluginId("resizer");

    private final TestService service = new TestService();

    @Test
    void a_change_of_mode_is_audited_and_followed_by_other_processes_without_loading_code_again() {
        service.serve(TestPackages.of("{}", TestPackages.QUIET));
        TestService other = service.anotherProcess();
        await(other.catalog.refresh(TenantId.DEFAULT));
        EnabledPlugin before = other.served(ID).orElseThrow();

        change(Mode.OBSERVE);

        assertThat(service.served(ID).orElseThrow().plugin().isObserved()).isTrue();
        await(other.catalog.refresh(TenantId.DEFAULT));
        EnabledPlugin after = other.served(ID).orElseThrow();
        assertThat(after.plugin().isObserved()).isTrue();
        assertThat(after.module()).isSameAs(before.module());
        AuditEntry told = service.store.audit().getLast();
        assertThat(told.action().publicName()).isEqualTo("plugin.mode");
        assertThat(told.facts()).containsEntry("mode", "observe");
    }

    @Test
    void it_stays_through_disabling_configuring_and_another_release() {
        service.serve(TestPackages.of("{}", TestPackages.QUIET));
        change(Mode.OBSERVE);

        service.disable(ID);
        service.install(TestPackages.of("{\"version\": \"9.0.0\"}", TestPackages.QUIET));
        service.enable(ID, EnableRequest.PLAIN);

        assertThat(service.stored(ID).mode()).isEqualTo(Mode.OBSERVE);
        assertThat(service.served(ID).orElseThrow().plugin().isObserved()).isTrue();
    }

    @Test
    void the_same_mode_again_is_no_change() {
        service.serve(TestPackages.of("{}", TestPackages.QUIET));
        long revision = service.stored(ID).revision();
        int entries = service.store.audit().size();

        change(Mode.ACTIVE);

        assertThat(service.stored(ID).revision()).isEqualTo(revision);
        assertThat(service.store.audit()).hasSize(entries);
    }

    @Test
    void a_plugin_that_is_being_enabled_is_not_changed_under_whoever_enables_it() {
        Plugin installed = service.install(TestPackages.of("{}", TestPackages.QUIET));
        service.store.put(installed.with(
                new PluginState.Installed().enable("another process", Instant.parse("2999-01-01T00:00:00Z"))));

        assertThat(problem(() -> change(Mode.OBSERVE)).code()).isEqualTo(ProblemCode.PLUGIN_STATE_CONFLICT);
    }

    private void change(Mode mode) {
        await(new PluginModes(service.store, service.catalog).change(ID, mode, OptionalLong.empty(), OPERATOR));
    }
}
