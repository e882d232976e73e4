package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.limits.DataLimits;

/**
 * Port: plugins' stored data. Blocking; called on guest threads inside {@code HostCall.waiting} and on worker threads. A value that
 * has outlived its time to live is not there. Fails with {@code ProblemException} {@code database-unavailable}.
 */
public interface KeyValueStore {

    /** Largest key, in bytes of UTF-8. */
    int LARGEST_KEY = 512;

    /** Largest value, in bytes of UTF-8 of its JSON text. */
    int LARGEST_VALUE = 1 << 20;

    Optional<StoredValue> get(DataOwner owner, String key, Duration timeout);

    /** Writes if the condition holds and the owner stays within {@code limits}, counted over all of the plugin's keys. */
    WriteOutcome put(DataOwner owner, DataWrite write, DataLimits limits, Duration timeout);

    /** Whether there was such a key; a condition as for {@link #put}. */
    WriteOutcome delete(DataOwner owner, String key, WriteCondition condition, Duration timeout);

    /** Keys that begin with the prefix, in order of their bytes, after {@code after}, at most {@code limit}. */
    List<String> keys(DataOwner owner, KeyRange range, Duration timeout);

    /** Which keys. */
    record KeyRange(String prefix, Optional<String> after, int limit) {}
}
