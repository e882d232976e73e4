package org.storysign.plugins.hook.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.hook.HandlerExecution.Problem;
import org.storysign.plugins.identity.EventId;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.identity.UserId;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.manifest.HookName;
import org.storysign.plugins.platform.EventLimits;
import org.storysign.plugins.platform.EventOutbox;
import org.storysign.plugins.platform.EventOutbox.Acceptance;
import org.storysign.plugins.platform.NewEvent;
import org.storysign.plugins.platform.OrderingKey;
import org.storysign.plugins.problem.ProblemCode;

/** What every {@link EventQueue} with its {@link EventOutbox} does. Each test begins with tenants that have no events. */
public abstract class EventQueueContract {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(4);
    private static final int ATTEMPTS = 3;
    private static final Problem PROBLEM = new Problem(ProblemCode.HOOK_REFUSED, "a guest said \0 `no`");
    private static final EventLimits ROOMY = new EventLimits(1_000, 1_000, 8, MemorySize.ofKiB(256));
    private static final Verdict RETRY = new Verdict.Retry(PAUSE, PROBLEM);
    private static final Verdict DONE = new Verdict.Done();

    protected abstract EventOutbox outbox();

    protected abstract EventQueue queue();

    protected abstract TenantId tenant();

    protected abstract TenantId otherTenant();

    /** Returns when at least that much time has gone by for the queue. */
    protected abstract void letPass(Duration time);

    /** From now on the tenant's catalogue stands there. */
    protected abstract void catalogueStandsAt(long revision);

    @Test
    void what_was_put_is_taken_once_with_all_that_it_carries() {
        NewEvent event = new NewEvent(
                EventId.random(),
                new NewEvent.Sender(tenant(), Optional.of(new PluginId("notes"))),
                new HookName("plugin.notes.saved"),
                Optional.of(new UserId("anna")),
                Optional.of(new OrderingKey("手話 1")),
                3,
                "{\"type\":\"after\",\"args\":[1.50,\"\\u0000\"]}");

        assertThat(outbox().put(event, ROOMY, SOON)).isEqualTo(Acceptance.ACCEPTED);

        TakenEvent taken = takeOne();
        assertThat(taken)
                .isEqualTo(new TakenEvent(
                        tenant(), event.id(), taken.lease(), event.hook(), event.user(), 3, 1, event.call()));
        assertThat(take(10)).isEmpty();
    }

    @Test
    void no_more_is_taken_than_was_asked_for_and_the_longest_due_first() {
        List<EventId> put = put(5);

        assertThat(ids(take(2))).containsExactlyInAnyOrderElementsOf(put.subList(0, 2));
        assertThat(ids(take(2))).containsExactlyInAnyOrderElementsOf(put.subList(2, 4));
        assertThat(take(0)).isEmpty();
    }

    @Test
    void a_tenant_is_named_while_it_has_something_due_and_gets_nothing_of_others() {
        put(1);

        assertThat(queue().tenants()).contains(tenant()).doesNotContain(otherTenant());
        assertThat(queue().take(otherTenant(), terms(0, 10))).isEmpty();

        take(1);
        assertThat(queue().tenants()).doesNotContain(tenant());
    }

    @Test
    void what_is_done_never_comes_back() {
        put(1);

        assertThat(queue().settle(takeOne(), DONE)).isTrue();

        letPass(LEASE.multipliedBy(100));
        assertThat(take(10)).isEmpty();
    }

    @Test
    void what_failed_comes_back_after_its_pause_and_not_before() {
        EventId id = put(1).getFirst();

        queue().settle(takeOne(), RETRY);

        assertThat(take(10)).isEmpty();
        letPass(PAUSE);
        TakenEvent again = takeOne();
        assertThat(again.id()).isEqualTo(id);
        assertThat(again.attempt()).isEqualTo(2);
    }

    @Test
    void an_attempt_that_was_postponed_does_not_count() {
        put(1);

        queue().settle(takeOne(), new Verdict.Postpone(PAUSE, PROBLEM));

        assertThat(take(10)).isEmpty();
        letPass(PAUSE);
        assertThat(takeOne().attempt()).isEqualTo(1);
    }

    @Test
    void a_dead_letter_is_not_taken() {
        put(1);

        assertThat(queue().settle(takeOne(), new Verdict.Dead(PROBLEM))).isTrue();

        letPass(LEASE.multipliedBy(100));
        assertThat(take(10)).isEmpty();
    }

    @Test
    void what_a_dead_worker_had_comes_back_when_its_lease_ends_and_not_before() {
        put(1);
        TakenEvent lost = takeOne();

        letPass(LEASE.minusSeconds(5));
        assertThat(take(10)).isEmpty();

        letPass(Duration.ofSeconds(5));
        TakenEvent again = takeOne();
        assertThat(again.id()).isEqualTo(lost.id());
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.lease()).isNotEqualTo(lost.lease());
    }

    @Test
    void a_worker_that_was_too_slow_changes_nothing() {
        put(1);
        TakenEvent slow = takeOne();
        letPass(LEASE);
        TakenEvent now = takeOne();

        assertThat(queue().settle(slow, DONE)).isFalse();
        assertThat(queue().settle(now, RETRY)).isTrue();
        assertThat(queue().settle(now, DONE)).isFalse();
        letPass(PAUSE);
        assertThat(takeOne().attempt()).isEqualTo(3);
    }

    @Test
    void an_event_whose_lease_has_ended_can_still_be_settled_while_nobody_has_taken_it() {
        put(1);
        TakenEvent late = takeOne();
        letPass(LEASE);

        assertThat(queue().settle(late, DONE)).isTrue();
        assertThat(take(10)).isEmpty();
    }

    @Test
    void an_event_that_kills_every_worker_becomes_a_dead_letter() {
        put(1);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            assertThat(takeOne().attempt()).isEqualTo(attempt);
            letPass(LEASE);
        }

        assertThat(take(10)).isEmpty();
        letPass(LEASE);
        assertThat(take(10)).isEmpty();
    }

    @Test
    void events_of_one_key_are_taken_one_at_a_time_in_their_order() {
        EventId first = put(product(), "story-1");
        EventId second = put(product(), "story-1");
        EventId other = put(product(), "story-2");

        List<TakenEvent> taken = take(10);
        assertThat(ids(taken)).containsExactlyInAnyOrder(first, other);

        taken.forEach(event -> queue().settle(event, DONE));
        assertThat(ids(take(10))).containsExactly(second);
    }

    @Test
    void a_failing_event_holds_up_its_key_only_until_it_is_dead() {
        EventId first = put(product(), "story-1");
        EventId second = put(product(), "story-1");
        EventId free = put(product(), "story-2");

        queue().settle(taken(first, take(1)), RETRY);
        assertThat(ids(take(10))).containsExactly(free);

        letPass(PAUSE);
        queue().settle(takeOne(), new Verdict.Dead(PROBLEM));
        assertThat(ids(take(10))).containsExactly(second);
    }

    @Test
    void a_dead_workers_event_holds_up_its_key_too() {
        EventId first = put(product(), "story-1");
        put(product(), "story-1");

        assertThat(ids(take(10))).containsExactly(first);
        letPass(LEASE);
        assertThat(ids(take(10))).containsExactly(first);
    }

    @Test
    void the_same_key_of_different_senders_is_not_the_same() {
        EventId products = put(product(), "k");
        EventId plugins = put(new NewEvent.Sender(tenant(), Optional.of(new PluginId("notes"))), "k");

        assertThat(ids(take(10))).containsExactlyInAnyOrder(products, plugins);
    }

    @Test
    void an_event_waits_for_a_process_that_knows_what_was_enabled_when_it_was_accepted() {
        catalogueStandsAt(7);
        EventId id = put(1).getFirst();

        assertThat(queue().take(tenant(), terms(6, 10))).isEmpty();
        assertThat(ids(queue().take(tenant(), terms(7, 10)))).containsExactly(id);
    }

    @Test
    void one_event_more_than_a_plugin_may_have_is_refused_and_dead_letters_count() {
        EventLimits two = new EventLimits(2, 1_000, 8, MemorySize.ofKiB(1));
        NewEvent.Sender plugin = new NewEvent.Sender(tenant(), Optional.of(new PluginId("notes")));
        NewEvent.Sender other = new NewEvent.Sender(tenant(), Optional.of(new PluginId("other")));
        outbox().put(event(plugin, Optional.empty()), two, SOON);
        queue().settle(takeOne(), new Verdict.Dead(PROBLEM));
        outbox().put(event(plugin, Optional.empty()), two, SOON);

        assertThat(outbox().put(event(plugin, Optional.empty()), two, SOON)).isEqualTo(Acceptance.PLUGIN_FULL);
        assertThat(outbox().put(event(other, Optional.empty()), two, SOON)).isEqualTo(Acceptance.ACCEPTED);
        queue().settle(take(1).getFirst(), DONE);
        assertThat(outbox().put(event(plugin, Optional.empty()), two, SOON)).isEqualTo(Acceptance.ACCEPTED);
    }

    @Test
    void one_event_more_than_a_tenant_may_have_waiting_is_refused() {
        EventLimits two = new EventLimits(1, 2, 8, MemorySize.ofKiB(1));
        outbox().put(event(product(), Optional.empty()), two, SOON);
        outbox().put(event(product(), Optional.empty()), two, SOON);
        TakenEvent working = take(1).getFirst();

        assertThat(outbox().put(event(product(), Optional.empty()), two, SOON)).isEqualTo(Acceptance.TENANT_FULL);
        NewEvent elsewhere = event(new NewEvent.Sender(otherTenant(), Optional.empty()), Optional.empty());
        assertThat(outbox().put(elsewhere, two, SOON)).isEqualTo(Acceptance.ACCEPTED);
        queue().settle(working, new Verdict.Dead(PROBLEM));
        assertThat(outbox().put(event(product(), Optional.empty()), two, SOON)).isEqualTo(Acceptance.ACCEPTED);
    }

    @Test
    void workers_side_by_side_never_have_the_same_event_or_the_same_key() throws InterruptedException {
        Map<EventId, String> keys = new HashMap<>();
        for (int number = 0; number < 60; number++) {
            String key = "key-" + number % 5;
            keys.put(put(product(), key), key);
        }
        List<EventId> order = Collections.synchronizedList(new ArrayList<>());
        List<String> atWork = new ArrayList<>();
        List<String> clashes = Collections.synchronizedList(new ArrayList<>());

        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int worker = 0; worker < 4; worker++) {
                threads.execute(() -> {
                    while (order.size() < 60 && clashes.isEmpty()) {
                        workOff(keys, order, atWork, clashes);
                    }
                });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(clashes).isEmpty();
        assertThat(order).doesNotHaveDuplicates().hasSize(60);
    }

    private void workOff(Map<EventId, String> keys, List<EventId> order, List<String> atWork, List<String> clashes) {
        for (TakenEvent event : take(2)) {
            String key = String.valueOf(keys.get(event.id()));
            synchronized (atWork) {
                if (atWork.contains(key)) {
                    clashes.add(key);
                }
                atWork.add(key);
            }
            Thread.yield();
            synchronized (atWork) {
                atWork.remove(key);
            }
            order.add(event.id());
            queue().settle(event, DONE);
        }
    }

    @Test
    void events_of_one_key_that_are_put_side_by_side_come_out_one_after_the_other() throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int sender = 0; sender < 4; sender++) {
                threads.execute(() -> {
                    for (int number = 0; number < 5; number++) {
                        put(product(), "one");
                    }
                });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }

        for (int number = 0; number < 20; number++) {
            queue().settle(takeOne(), DONE);
        }
        assertThat(take(10)).isEmpty();
    }

    private NewEvent.Sender product() {
        return new NewEvent.Sender(tenant(), Optional.empty());
    }

    private List<EventId> put(int count) {
        List<EventId> ids = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            NewEvent event = event(product(), Optional.empty());
            assertThat(outbox().put(event, ROOMY, SOON)).isEqualTo(Acceptance.ACCEPTED);
            ids.add(event.id());
        }
        return ids;
    }

    private EventId put(NewEvent.Sender sender, String key) {
        NewEvent event = event(sender, Optional.of(new OrderingKey(key)));
        assertThat(outbox().put(event, ROOMY, SOON)).isEqualTo(Acceptance.ACCEPTED);
        return event.id();
    }

    private static NewEvent event(NewEvent.Sender sender, Optional<OrderingKey> key) {
        return new NewEvent(
                EventId.random(), sender, new HookName("saved"), Optional.empty(), key, 0, "{\"type\":\"after\"}");
    }

    private List<TakenEvent> take(int most) {
        return queue().take(tenant(), terms(Long.MAX_VALUE, most));
    }

    private TakenEvent takeOne() {
        List<TakenEvent> taken = take(10);
        assertThat(taken).hasSize(1);
        return taken.getFirst();
    }

    private static TakenEvent taken(EventId id, List<TakenEvent> events) {
        assertThat(ids(events)).containsExactly(id);
        return events.getFirst();
    }

    private static List<EventId> ids(List<TakenEvent> events) {
        return events.stream().map(TakenEvent::id).toList();
    }

    private static EventQueue.Terms terms(long revision, int most) {
        return new EventQueue.Terms("tests", revision, most, LEASE, ATTEMPTS);
    }
}
