package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.storysign.plugins.plugin.TestService.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.problem.ProblemCode;

class PluginCatalogTest {

    private static final PluginId ID = new PluginId("resizer");

    private final TestService service = new TestService();

    @Test
    void a_tenant_that_was_not_loaded_has_an_empty_snapshot_of_revision_0() {
        CatalogSnapshot snapshot = service.catalog.current(TenantId.DEFAULT);

        assertThat(snapshot.revision()).isZero();
        assertThat(snapshot.all()).isEmpty();
    }

    @Test
    void another_process_serves_what_this_one_enabled_and_stops_when_it_is_disabled() {
        TestService other = service.anotherProcess();
        service.serve(TestPackages.of("{}", TestPackages.QUIET));

        await(other.catalog.refresh(TenantId.DEFAULT));
        assertThat(other.served(ID)).isPresent();
        assertThat(TestCalls.output(other, ID, "run")).isEmpty();
        service.disable(ID);
        await(other.catalog.refresh(TenantId.DEFAULT));

        assertThat(other.served(ID)).isEmpty();
    }

    @Test
    void a_snapshot_has_the_revision_it_was_read_at() {
        service.serve(TestPackages.of("{}", TestPackages.QUIET));

        long stored = await(service.store.read(TenantId.DEFAULT)).revision();

        assertThat(service.catalog.current(TenantId.DEFAULT).revision()).isEqualTo(stored);
    }

    @Test
    void a_plugin_that_did_not_change_keeps_its_compiled_module() {
        service.serve(TestPackages.of("{}", TestPackages.QUIET));
        EnabledPlugin before = service.served(ID).orElseThrow();

        service.serve(TestPackages.of("{\"id\": \"other\"}", TestPackages.QUIET));

        assertThat(service.served(ID).orElseThrow().module()).isSameAs(before.module());
    }

    @Test
    void a_module_that_cannot_be_loaded_is_reported_and_stops_no_other() {
        Plugin broken = service.serve(TestPackages.of("{}", TestPackages.QUIET));
        service.serve(TestPackages.of("{\"id\": \"other\", \"description\": \"differs\"}", """
                (module (memory (export "memory") 1) (func (export "run") (result i32) (i32.const 0)) (func))
                """));
        service.store.corrupt(TenantId.DEFAULT, broken.active().moduleDigest(), new byte[] {0, 1, 2});

        TestService started = service.anotherProcess();
        await(started.catalog.refresh(TenantId.DEFAULT));

        assertThat(started.served(ID)).isEmpty();
        assertThat(started.served(new PluginId("other"))).isPresent();
        assertThat(started.catalog.loadFailures())
                .extracting(LoadFailure::plugin, LoadFailure::code)
                .containsExactly(tuple(ID, ProblemCode.DIGEST_MISMATCH));
    }

    @Test
    void a_refresh_that_fails_leaves_what_serves() {
        service.serve(TestPackages.of("{}", TestPackages.QUIET));
        service.store.setDown(true);

        TestService.problem(() -> await(service.catalog.refresh(TenantId.DEFAULT)));

        assertThat(service.served(ID)).isPresent();
    }

    @Test
    void readers_see_only_whole_snapshots_of_growing_revisions_while_many_refresh() throws Exception {
        Plugin plugin = service.serve(TestPackages.of("{}", TestPackages.QUIET));
        AtomicBoolean done = new AtomicBoolean();

        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Future<?>> work = new ArrayList<>();
            for (int reader = 0; reader < 3; reader++) {
                work.add(threads.submit(() -> watch(done)));
            }
            for (int refresher = 0; refresher < 2; refresher++) {
                work.add(threads.submit(() -> refresh(done)));
            }
            toggle(plugin, 50);
            done.set(true);
            for (Future<?> each : work) {
                each.get(60, TimeUnit.SECONDS);
            }
        }

        CatalogSnapshot last = await(service.catalog.refresh(TenantId.DEFAULT));
        assertThat(last.revision())
                .isEqualTo(await(service.store.read(TenantId.DEFAULT)).revision());
        assertThat(service.served(ID)).isPresent();
    }

    /** Enabled at even revisions counted from the first, disabled at odd ones: a snapshot shows which it is. */
    private void toggle(Plugin enabled, int times) {
        Plugin now = enabled;
        AuditEntry audit =
                new AuditEntry(TestPackages.OPERATOR, AuditAction.PLUGIN_DISABLE, "plugin:resizer", Map.of());
        for (int time = 0; time < times; time++) {
            now = await(service.store.replace(now.with(new PluginState.Disabled()), audit))
                    .orElseThrow();
            now = await(service.store.replace(now.with(new PluginState.Enabled()), audit))
                    .orElseThrow();
        }
    }

    private void watch(AtomicBoolean done) {
        long first = service.catalog.current(TenantId.DEFAULT).revision();
        long seen = first;
        while (!done.get()) {
            CatalogSnapshot snapshot = service.catalog.current(TenantId.DEFAULT);
            boolean serves = snapshot.find(ID).isPresent();
            if (snapshot.revision() < seen || serves != ((snapshot.revision() - first) % 2 == 0)) {
                throw new AssertionError(
                        "saw revision " + snapshot.revision() + " after " + seen + ", serves " + serves);
            }
            seen = snapshot.revision();
        }
    }

    private void refresh(AtomicBoolean done) {
        while (!done.get()) {
            await(service.catalog.refresh(TenantId.DEFAULT));
        }
    }
}
