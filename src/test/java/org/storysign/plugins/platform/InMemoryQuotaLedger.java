package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Daily quotas of processes that share this object; counts how often it was asked. */
final class InMemoryQuotaLedger implements QuotaLedger {

    private final Map<QuotaKey, Long> taken = new ConcurrentHashMap<>();
    private final AtomicInteger questions = new AtomicInteger();

    @Override
    public synchronized long take(QuotaKey key, long wanted, long limit, Duration timeout) {
        questions.incrementAndGet();
        long before = taken.getOrDefault(key, 0L);
        long given = Math.max(0, Math.min(wanted, limit - before));
        taken.put(key, before + given);
        return given;
    }

    int questions() {
        return questions.get();
    }
}
