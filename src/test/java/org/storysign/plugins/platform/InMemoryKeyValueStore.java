package org.storysign.plugins.platform;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.limits.DataLimits;

/** Plugins' data in a map, for tests. Revisions are counted over the whole store, so that none comes back after a delete. */
public final class InMemoryKeyValueStore implements KeyValueStore {

    private static final Comparator<String> BY_BYTES = (one, other) ->
            Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

    private final Clock clock;
    private final Map<Place, StoredValue> values = new HashMap<>();
    private long revisions;

    public InMemoryKeyValueStore(Clock clock) {
        this.clock = clock;
    }

    private record Place(DataOwner owner, String key) {
        boolean isOf(TenantId tenant, PluginId plugin) {
            return owner.tenant().equals(tenant) && owner.plugin().equals(plugin);
        }
    }

    @Override
    public synchronized Optional<StoredValue> get(DataOwner owner, String key, Duration timeout) {
        forgetExpired();
        return Optional.ofNullable(values.get(new Place(owner, key)));
    }

    @Override
    public synchronized WriteOutcome put(DataOwner owner, DataWrite write, DataLimits limits, Duration timeout) {
        Optional<StoredValue> present = get(owner, write.key(), timeout);
        if (!holds(write.condition(), present)) {
            return new WriteOutcome.ConditionFailed();
        }
        Place place = new Place(owner, write.key());
        long size = size(write.key(), write.json());
        long before = present.map(value -> size(write.key(), value.json())).orElse(0L);
        if (present.isEmpty() && count(owner) >= limits.keys()) {
            return new WriteOutcome.OverLimit("at most " + limits.keys() + " keys");
        }
        if (size > before && bytes(owner) - before + size > limits.bytes().bytes()) {
            return new WriteOutcome.OverLimit("at most " + limits.bytes() + " of keys and values");
        }
        Optional<Instant> expiry = write.timeToLive().map(clock.instant()::plus);
        values.put(place, new StoredValue(write.json(), ++revisions, expiry));
        return new WriteOutcome.Done(revisions, present.isEmpty());
    }

    @Override
    public synchronized WriteOutcome delete(DataOwner owner, String key, WriteCondition condition, Duration timeout) {
        Optional<StoredValue> present = get(owner, key, timeout);
        if (present.isEmpty()) {
            return new WriteOutcome.Missing();
        }
        if (!holds(condition, present)) {
            return new WriteOutcome.ConditionFailed();
        }
        values.remove(new Place(owner, key));
        return new WriteOutcome.Done(present.get().revision(), false);
    }

    @Override
    public synchronized List<String> keys(DataOwner owner, KeyRange range, Duration timeout) {
        forgetExpired();
        return values.keySet().stream()
                .filter(place -> place.owner.equals(owner))
                .map(Place::key)
                .filter(key -> key.startsWith(range.prefix()))
                .filter(key -> range.after()
                        .map(after -> BY_BYTES.compare(key, after) > 0)
                        .orElse(true))
                .sorted(BY_BYTES)
                .limit(range.limit())
                .toList();
    }

    private static boolean holds(WriteCondition condition, Optional<StoredValue> present) {
        return switch (condition) {
            case WriteCondition.Always always -> true;
            case WriteCondition.Absent absent -> present.isEmpty();
            case WriteCondition.AtRevision(long revision) ->
                present.filter(value -> value.revision() == revision).isPresent();
        };
    }

    private void forgetExpired() {
        Instant now = clock.instant();
        values.values()
                .removeIf(value ->
                        value.expiresAt().filter(end -> !now.isBefore(end)).isPresent());
    }

    private long count(DataOwner owner) {
        return values.keySet().stream()
                .filter(place -> place.isOf(owner.tenant(), owner.plugin()))
                .count();
    }

    private long bytes(DataOwner owner) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().isOf(owner.tenant(), owner.plugin()))
                .mapToLong(entry -> size(entry.getKey().key(), entry.getValue().json()))
                .sum();
    }

    private static long size(String key, String json) {
        return (long) key.getBytes(StandardCharsets.UTF_8).length + json.getBytes(StandardCharsets.UTF_8).length;
    }
}
