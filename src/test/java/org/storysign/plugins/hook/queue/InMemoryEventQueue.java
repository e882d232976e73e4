package org.storysign.plugins.hook.queue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.hook.HandlerExecution.Problem;
import org.storysign.plugins.identity.EventId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.platform.EventLimits;
import org.storysign.plugins.platform.EventOutbox;
import org.storysign.plugins.platform.NewEvent;

/** Outbox and queue in a list, for tests. Every tenant's catalogue stands at the revision that {@link #catalogueStandsAt} says. */
public final class InMemoryEventQueue implements EventOutbox, EventQueue {

    private final Clock clock;
    private final List<Entry> entries = new ArrayList<>();
    private long revision;

    public InMemoryEventQueue(Clock clock) {
        this.clock = clock;
    }

    private static final class Entry {
        final NewEvent event;
        final long revision;
        EventState state = EventState.QUEUED;
        int attempts;
        Instant takeableAt;

        @Nullable
        UUID lease;

        @Nullable
        Problem problem;

        Entry(NewEvent event, long revision, Instant now) {
            this.event = event;
            this.revision = revision;
            this.takeableAt = now;
        }

        boolean isOpen() {
            return state == EventState.QUEUED || state == EventState.WORKING;
        }

        boolean sharesKeyWith(Entry other) {
            return event.key().isPresent()
                    && event.key().equals(other.event.key())
                    && event.sender().equals(other.event.sender());
        }
    }

    synchronized void catalogueStandsAt(long newRevision) {
        revision = newRevision;
    }

    synchronized EventState state(EventId id) {
        return entry(id).state;
    }

    synchronized Optional<Problem> problem(EventId id) {
        return Optional.ofNullable(entry(id).problem);
    }

    synchronized Instant takeableAt(EventId id) {
        return entry(id).takeableAt;
    }

    @Override
    public synchronized Acceptance put(NewEvent event, EventLimits limits, Duration timeout) {
        NewEvent.Sender sender = event.sender();
        if (sender.plugin().isPresent()
                && count(entry -> entry.event.sender().equals(sender) && entry.state != EventState.DONE)
                        >= limits.ofPlugin()) {
            return Acceptance.PLUGIN_FULL;
        }
        if (count(entry -> entry.event.sender().tenant().equals(sender.tenant()) && entry.isOpen())
                >= limits.ofTenant()) {
            return Acceptance.TENANT_FULL;
        }
        entries.add(new Entry(event, revision, clock.instant()));
        return Acceptance.ACCEPTED;
    }

    @Override
    public synchronized List<TenantId> tenants() {
        return entries.stream()
                .filter(this::isDue)
                .map(entry -> entry.event.sender().tenant())
                .distinct()
                .sorted(Comparator.comparing(TenantId::value))
                .toList();
    }

    @Override
    public synchronized List<TakenEvent> take(TenantId tenant, Terms terms) {
        List<Entry> due = entries.stream()
                .filter(entry -> entry.event.sender().tenant().equals(tenant))
                .filter(this::isDue)
                .filter(entry -> entry.revision <= terms.catalogueRevision())
                .toList();
        due.stream()
                .filter(entry -> entry.state == EventState.WORKING && entry.attempts >= terms.mostAttempts())
                .forEach(entry -> entry.state = EventState.DEAD);
        return due.stream()
                .filter(Entry::isOpen)
                .filter(this::isFirstOfItsKey)
                .sorted(Comparator.comparing((Entry entry) -> entry.takeableAt))
                .limit(terms.most())
                .toList()
                .stream()
                .map(entry -> take(entry, terms))
                .toList();
    }

    private TakenEvent take(Entry entry, Terms terms) {
        UUID lease = UUID.randomUUID();
        entry.state = EventState.WORKING;
        entry.attempts++;
        entry.lease = lease;
        entry.takeableAt = clock.instant().plus(terms.lease());
        NewEvent event = entry.event;
        return new TakenEvent(
                event.sender().tenant(),
                event.id(),
                lease,
                event.hook(),
                event.user(),
                event.depth(),
                entry.attempts,
                event.call());
    }

    @Override
    public synchronized boolean settle(TakenEvent taken, Verdict verdict) {
        Entry entry = entry(taken.id());
        if (entry.state != EventState.WORKING || !taken.lease().equals(entry.lease)) {
            return false;
        }
        entry.lease = null;
        switch (verdict) {
            case Verdict.Done() -> entry.state = EventState.DONE;
            case Verdict.Dead(Problem problem) -> {
                entry.state = EventState.DEAD;
                entry.problem = problem;
            }
            case Verdict.Retry(Duration pause, Problem problem) -> again(entry, pause, problem);
            case Verdict.Postpone(Duration pause, Problem problem) -> {
                entry.attempts--;
                again(entry, pause, problem);
            }
        }
        return true;
    }

    private void again(Entry entry, Duration pause, Problem problem) {
        entry.state = EventState.QUEUED;
        entry.takeableAt = clock.instant().plus(pause);
        entry.problem = problem;
    }

    @Override
    public void listen(Runnable hint) {}

    private boolean isDue(Entry entry) {
        return entry.isOpen() && !entry.takeableAt.isAfter(clock.instant());
    }

    private boolean isFirstOfItsKey(Entry entry) {
        return entries.stream()
                .filter(Entry::isOpen)
                .filter(entry::sharesKeyWith)
                .limit(1)
                .allMatch(entry::equals);
    }

    private long count(java.util.function.Predicate<Entry> which) {
        return entries.stream().filter(which).count();
    }

    private Entry entry(EventId id) {
        return Stream.of(entries.toArray(Entry[]::new))
                .filter(entry -> entry.event.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
