package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;

/** Notes of loads in a map. */
public final class InMemoryLoadAttempts implements LoadAttempts {

    private final Clock clock;
    private final Map<Attempt, Instant> renewed = new HashMap<>();

    public InMemoryLoadAttempts(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Uni<Integer> begin(Attempt attempt, LoadTerms terms) {
        Instant now = clock.instant();
        renewed.values().removeIf(at -> !at.isAfter(now.minus(terms.forgottenAfter())));
        int deaths = (int) renewed.entrySet().stream()
                .filter(note -> isOf(note.getKey(), attempt.tenant(), attempt.module()))
                .filter(note -> !note.getKey().process().equals(attempt.process()))
                .filter(note -> !note.getValue().isAfter(now.minus(terms.deadAfter())))
                .count();
        if (deaths < terms.mostDeaths()) {
            renewed.put(attempt, now);
        }
        return Uni.createFrom().item(deaths);
    }

    @Override
    public synchronized Uni<Void> renew(Attempt attempt) {
        renewed.replace(attempt, clock.instant());
        return Uni.createFrom().voidItem();
    }

    @Override
    public synchronized Uni<Void> end(Attempt attempt, LoadTerms terms) {
        Instant dead = clock.instant().minus(terms.deadAfter());
        renewed.entrySet()
                .removeIf(note -> isOf(note.getKey(), attempt.tenant(), attempt.module())
                        && !note.getValue().isAfter(dead));
        return giveUp(attempt);
    }

    @Override
    public synchronized Uni<Void> giveUp(Attempt attempt) {
        renewed.remove(attempt);
        return Uni.createFrom().voidItem();
    }

    @Override
    public synchronized Uni<Void> forget(TenantId tenant, Digest module) {
        renewed.keySet().removeIf(note -> isOf(note, tenant, module));
        return Uni.createFrom().voidItem();
    }

    /** How many loads are under way, or died. */
    public synchronized int notes() {
        return renewed.size();
    }

    private static boolean isOf(Attempt note, TenantId tenant, Digest module) {
        return note.tenant().equals(tenant) && note.module().equals(module);
    }
}
