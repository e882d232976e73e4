package org.storysign.plugins.platform.dry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.DataWrite;
import org.storysign.plugins.platform.KeyValueStore;
import org.storysign.plugins.platform.StoredValue;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.WriteOutcome;

/** Looks whether a write's condition holds, and writes nothing. Quotas are not looked at. */
record DryKeyValueStore(KeyValueStore store) implements KeyValueStore {

    @Override
    public Optional<StoredValue> get(DataOwner owner, String key, Duration timeout) {
        return store.get(owner, key, timeout);
    }

    @Override
    public WriteOutcome put(DataOwner owner, DataWrite write, DataLimits limits, Duration timeout) {
        Optional<StoredValue> present = store.get(owner, write.key(), timeout);
        return holds(write.condition(), present)
                ? new WriteOutcome.Done(present.map(StoredValue::revision).orElse(0L) + 1, present.isEmpty())
                : new WriteOutcome.ConditionFailed();
    }

    @Override
    public WriteOutcome delete(DataOwner owner, String key, WriteCondition condition, Duration timeout) {
        Optional<StoredValue> present = store.get(owner, key, timeout);
        if (!holds(condition, present)) {
            return new WriteOutcome.ConditionFailed();
        }
        return present.<WriteOutcome>map(value -> new WriteOutcome.Done(value.revision(), false))
                .orElseGet(WriteOutcome.Missing::new);
    }

    @Override
    public List<String> keys(DataOwner owner, KeyRange range, Duration timeout) {
        return store.keys(owner, range, timeout);
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
