package org.storysign.plugins.plugin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.DataWrite;
import org.storysign.plugins.platform.KeyValueStore;
import org.storysign.plugins.platform.StoredValue;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.WriteOutcome;

/** A store that does something once, right before a guest's write: a moment at which a test knows that the guest runs. */
final class HookedKeyValueStore implements KeyValueStore {

    private final KeyValueStore store;
    private final AtomicReference<Optional<Runnable>> next = new AtomicReference<>(Optional.empty());

    HookedKeyValueStore(KeyValueStore store) {
        this.store = store;
    }

    void beforeNextPut(Runnable action) {
        next.set(Optional.of(action));
    }

    @Override
    public Optional<StoredValue> get(DataOwner owner, String key, Duration timeout) {
        return store.get(owner, key, timeout);
    }

    @Override
    public WriteOutcome put(DataOwner owner, DataWrite write, DataLimits limits, Duration timeout) {
        next.getAndSet(Optional.empty()).ifPresent(Runnable::run);
        return store.put(owner, write, limits, timeout);
    }

    @Override
    public WriteOutcome delete(DataOwner owner, String key, WriteCondition condition, Duration timeout) {
        return store.delete(owner, key, condition, timeout);
    }

    @Override
    public List<String> keys(DataOwner owner, KeyRange range, Duration timeout) {
        return store.keys(owner, range, timeout);
    }
}
