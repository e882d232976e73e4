package org.storysign.plugins.cli;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.DataWrite;
import org.storysign.plugins.platform.KeyValueStore;
import org.storysign.plugins.platform.StoredValue;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.WriteOutcome;

/** What a plugin stores while the command runs; one guest, one thread at a time. Values do not expire so soon. */
final class PassingStorage implements KeyValueStore {

    private final Map<Place, StoredValue> values = new TreeMap<>();
    private long revision;

    /** A key of the plugin or of one of its users. */
    private record Place(String user, String key) implements Comparable<Place> {
        static Place of(DataOwner owner, String key) {
            return new Place(owner.user().map(Object::toString).orElse(""), key);
        }

        @Override
        public int compareTo(Place other) {
            int byUser = user.compareTo(other.user);
            return byUser != 0 ? byUser : key.compareTo(other.key);
        }

        long size(String json) {
            return (long) key.getBytes(StandardCharsets.UTF_8).length + json.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    @Override
    public Optional<StoredValue> get(DataOwner owner, String key, Duration timeout) {
        return Optional.ofNullable(values.get(Place.of(owner, key)));
    }

    @Override
    public WriteOutcome put(DataOwner owner, DataWrite write, DataLimits limits, Duration timeout) {
        Place place = Place.of(owner, write.key());
        Optional<StoredValue> present = Optional.ofNullable(values.get(place));
        if (!holds(write.condition(), present)) {
            return new WriteOutcome.ConditionFailed();
        }
        if (present.isEmpty() && values.size() >= limits.keys()) {
            return new WriteOutcome.OverLimit("at most " + limits.keys() + " keys");
        }
        long others = values.entrySet().stream()
                .filter(stored -> !stored.getKey().equals(place))
                .mapToLong(stored -> stored.getKey().size(stored.getValue().json()))
                .sum();
        if (others + place.size(write.json()) > limits.bytes().bytes()) {
            return new WriteOutcome.OverLimit("at most " + limits.bytes() + " of keys and values");
        }
        values.put(place, new StoredValue(write.json(), ++revision, Optional.empty()));
        return new WriteOutcome.Done(revision, present.isEmpty());
    }

    @Override
    public WriteOutcome delete(DataOwner owner, String key, WriteCondition condition, Duration timeout) {
        Place place = Place.of(owner, key);
        Optional<StoredValue> present = Optional.ofNullable(values.get(place));
        if (!holds(condition, present)) {
            return new WriteOutcome.ConditionFailed();
        }
        values.remove(place);
        return present.<WriteOutcome>map(value -> new WriteOutcome.Done(value.revision(), false))
                .orElseGet(WriteOutcome.Missing::new);
    }

    @Override
    public List<String> keys(DataOwner owner, KeyRange range, Duration timeout) {
        String user = Place.of(owner, "").user();
        return values.keySet().stream()
                .filter(place -> place.user().equals(user) && place.key().startsWith(range.prefix()))
                .map(Place::key)
                .filter(key ->
                        range.after().filter(after -> key.compareTo(after) <= 0).isEmpty())
                .limit(range.limit())
                .toList();
    }

    private static boolean holds(WriteCondition condition, Optional<StoredValue> present) {
        return switch (condition) {
            case WriteCondition.Always _ -> true;
            case WriteCondition.Absent _ -> present.isEmpty();
            case WriteCondition.AtRevision(long wanted) ->
                present.filter(value -> value.revision() == wanted).isPresent();
        };
    }
}
