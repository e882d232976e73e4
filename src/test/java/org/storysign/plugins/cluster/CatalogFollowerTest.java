package org.storysign.plugins.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.plugin.TestService.await;
import static org.storysign.plugins.plugin.TestService.problem;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.audit.AuditAction;
import org.storysign.plugins.audit.AuditEntry;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.plugin.CatalogRevision;
import org.storysign.plugins.plugin.CatalogSnapshot;
import org.storysign.plugins.plugin.InMemoryPluginStore;
import org.storysign.plugins.plugin.Plugin;
import org.storysign.plugins.plugin.PluginState;
import org.storysign.plugins.plugin.TestPackages;
import org.storysign.plugins.plugin.TestService;
import org.storysign.plugins.plugin.quarantine.QuarantineTurns;
import org.storysign.plugins.problem.ProblemCode;

class CatalogFollowerTest {

    private static final PluginId ID = new PluginId("resizer");

    private final TestService here = new TestService();
    private final TestService there = here.anotherProcess();
    private final TestFeed feed = new TestFeed(here.store);
    private final CatalogFollower follower = new CatalogFollower(
            feed,
            there.catalog,
            there.lifecycle,
            new QuarantineTurns(there.store, there.catalog, _ -> {}, here.clock),
            there.guard,
            here.clock);

    @Test
    void starting_loads_every_tenant_and_then_says_so() {
        here.serve(TestPackages.of("{}", TestPackages.QUIET));
        assertThat(there.catalog.isLoaded()).isFalse();

        await(follower.start());

        assertThat(there.served(ID)).isPresent();
        assertThat(there.catalog.isLoaded()).isTrue();
    }

    @Test
    void a_start_without_database_is_made_good_by_a_later_poll() {
        here.serve(TestPackages.of("{}", TestPackages.QUIET));
        here.store.setDown(true);

        assertThat(problem(() -> await(follower.start())).code()).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);
        await(follower.poll());
        assertThat(there.catalog.isLoaded()).isFalse();
        here.store.setDown(false);
        await(follower.poll());

        assertThat(there.served(ID)).isPresent();
        assertThat(there.catalog.isLoaded()).isTrue();
    }

    @Test
    void a_hint_brings_the_change_of_another_process() {
        await(follower.start());
        here.serve(TestPackages.of("{}", TestPackages.QUIET));

        feed.hint(TenantId.DEFAULT);

        // A hint is followed on another thread, and nobody is told when that is done.
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (there.served(ID).isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(there.served(ID)).isPresent();
    }

    @Test
    void a_lost_hint_is_made_good_by_the_next_poll() {
        await(follower.start());
        here.serve(TestPackages.of("{}", TestPackages.QUIET));
        await(follower.poll());
        assertThat(there.served(ID)).isPresent();

        here.disable(ID);
        await(follower.poll());

        assertThat(there.served(ID)).isEmpty();
    }

    @Test
    void nothing_is_read_again_when_nothing_changed() {
        here.serve(TestPackages.of("{}", TestPackages.QUIET));
        await(follower.start());
        CatalogSnapshot before = there.catalog.current(TenantId.DEFAULT);

        feed.hint(TenantId.DEFAULT);
        await(follower.poll());

        assertThat(there.catalog.current(TenantId.DEFAULT)).isSameAs(before);
    }

    @Test
    void polling_before_the_start_does_nothing() {
        here.serve(TestPackages.of("{}", TestPackages.QUIET));

        await(follower.poll());

        assertThat(there.served(ID)).isEmpty();
        assertThat(there.catalog.isLoaded()).isFalse();
    }

    @Test
    void an_enabling_whose_process_died_is_given_up_when_its_lease_is_over() {
        Plugin plugin = here.install(TestPackages.of("{}", TestPackages.QUIET));
        Instant end = here.clock.instant().plus(Duration.ofMinutes(2));
        await(here.store.replace(
                plugin.with(new PluginState.Enabling("dead-process", end)),
                new AuditEntry(TestPackages.OPERATOR, AuditAction.PLUGIN_ENABLE, "plugin:resizer", Map.of())));
        await(follower.start());
        assertThat(here.stored(ID).state()).isInstanceOf(PluginState.Enabling.class);

        here.clock.advance(Duration.ofMinutes(2));
        await(follower.poll());

        assertThat(here.stored(ID).state()).isEqualTo(new PluginState.Disabled());
    }

    @Test
    void a_poll_that_fails_is_followed_by_one_that_works() {
        await(follower.start());
        here.serve(TestPackages.of("{}", TestPackages.QUIET));
        here.store.setDown(true);
        await(follower.poll());
        here.store.setDown(false);

        await(follower.poll());

        assertThat(there.served(ID)).isPresent();
    }

    /** Tells what the store's revisions are, and hints when a test says so. */
    private static final class TestFeed implements ChangeFeed {

        private final InMemoryPluginStore store;
        private final List<Consumer<TenantId>> listeners = new CopyOnWriteArrayList<>();

        TestFeed(InMemoryPluginStore store) {
            this.store = store;
        }

        @Override
        public Uni<List<CatalogRevision>> revisions() {
            return Uni.createFrom().item(store::revisions);
        }

        @Override
        public void listen(Consumer<TenantId> hint) {
            listeners.add(hint);
        }

        void hint(TenantId tenant) {
            listeners.forEach(listener -> listener.accept(tenant));
        }
    }
}
