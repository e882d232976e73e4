package org.storysign.plugins.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.TenantId;

class RefreshQueueTest {

    /** Refreshes that were begun and not ended, in order. */
    private final List<UniEmitter<? super CatalogSnapshot>> begun = new ArrayList<>();

    private final RefreshQueue queue =
            new RefreshQueue(tenant -> Uni.createFrom().emitter(begun::add));

    @Test
    void the_second_begins_when_the_first_has_ended() {
        CompletableFuture<CatalogSnapshot> first = queue.ask(TenantId.DEFAULT);
        CompletableFuture<CatalogSnapshot> second = queue.ask(TenantId.DEFAULT);
        assertThat(begun).hasSize(1);

        begun.get(0).complete(snapshot(1));
        begun.get(1).complete(snapshot(2));

        assertThat(first.join().revision()).isEqualTo(1);
        assertThat(second.join().revision()).isEqualTo(2);
    }

    @Test
    void all_who_ask_while_one_runs_share_the_next() {
        queue.ask(TenantId.DEFAULT);
        CompletableFuture<CatalogSnapshot> second = queue.ask(TenantId.DEFAULT);
        CompletableFuture<CatalogSnapshot> third = queue.ask(TenantId.DEFAULT);

        begun.get(0).complete(snapshot(1));
        begun.get(1).complete(snapshot(2));

        assertThat(second.join()).isSameAs(third.join());
        assertThat(begun).hasSize(2);
    }

    @Test
    void a_failure_reaches_who_asked_and_the_queue_goes_on() {
        CompletableFuture<CatalogSnapshot> first = queue.ask(TenantId.DEFAULT);
        CompletableFuture<CatalogSnapshot> second = queue.ask(TenantId.DEFAULT);

        begun.get(0).fail(new IllegalStateException("down"));
        begun.get(1).complete(snapshot(2));

        assertThatThrownBy(first::join).hasRootCauseMessage("down");
        assertThat(second.join().revision()).isEqualTo(2);
    }

    @Test
    void who_gives_up_waiting_gives_up_alone() {
        queue.ask(TenantId.DEFAULT);
        CompletableFuture<CatalogSnapshot> impatient = queue.ask(TenantId.DEFAULT);
        CompletableFuture<CatalogSnapshot> patient = queue.ask(TenantId.DEFAULT);

        impatient.cancel(false);
        begun.get(0).complete(snapshot(1));
        begun.get(1).complete(snapshot(2));

        assertThat(patient.join().revision()).isEqualTo(2);
    }

    @Test
    void tenants_do_not_wait_for_each_other() {
        queue.ask(TenantId.DEFAULT);
        queue.ask(new TenantId("other"));

        assertThat(begun).hasSize(2);
    }

    private static CatalogSnapshot snapshot(long revision) {
        return new CatalogSnapshot(TenantId.DEFAULT, revision, Map.of());
    }
}
