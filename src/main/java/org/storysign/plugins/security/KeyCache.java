package org.storysign.plugins.security;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Keys by the hash of their secret, remembered for {@link #REMEMBERED}, so that a caller's every request does not ask the database
 * and a key that another process revoked is refused soon after. Hashes that belong to no key are remembered as well.
 */
@ApplicationScoped
public class KeyCache {

    /** A revoked key is refused everywhere within this. */
    public static final Duration REMEMBERED = Duration.ofSeconds(1);

    /** Beyond this many, everything is forgotten: a flood of wrong keys costs no memory. */
    static final int LARGEST = 10_000;

    private final ApiKeyStore store;
    private final Clock clock;
    private final ConcurrentMap<String, Remembered> remembered = new ConcurrentHashMap<>();

    @Inject
    public KeyCache(ApiKeyStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    private record Remembered(Optional<ApiKey> key, Instant until) {}

    /** The key whose secret has this hash, as it was at most {@link #REMEMBERED} ago. */
    Uni<Optional<ApiKey>> find(String hash) {
        Remembered known = remembered.get(hash);
        Instant now = clock.instant();
        if (known != null && now.isBefore(known.until)) {
            return Uni.createFrom().item(known.key);
        }
        return store.findByHash(hash).invoke(key -> remember(hash, new Remembered(key, now.plus(REMEMBERED))));
    }

    private void remember(String hash, Remembered fresh) {
        if (remembered.size() >= LARGEST) {
            remembered.clear();
        }
        remembered.put(hash, fresh);
    }

    /** Forgets every key, so that the next request of each asks the database: after a change made by this process. */
    void forgetAll() {
        remembered.clear();
    }

    int size() {
        return remembered.size();
    }
}
