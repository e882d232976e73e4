package org.storysign.plugins.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Keeps when keys were used last: beside the requests, and for each key seldom. What cannot be kept is kept next time. */
@ApplicationScoped
public class KeyUse {

    private static final Logger LOG = Logger.getLogger(KeyUse.class);
    private static final int MOST = 10_000;

    private final ApiKeyStore store;
    private final Clock clock;
    private final Recent<UUID, Instant> noted = new Recent<>(MOST);

    @Inject
    public KeyUse(ApiKeyStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The key was used now. Does not wait, and never fails. */
    void note(ApiKey key) {
        Instant now = clock.instant();
        Instant before = noted.peek(key.id());
        if (before != null && now.isBefore(before.plus(ApiKeyStore.USE_KEPT_EVERY))) {
            return;
        }
        noted.put(key.id(), now);
        store.used(key.tenant(), key.id())
                .subscribe()
                .with(
                        kept -> {},
                        failure -> LOG.debugf(
                                failure, "use of a key is not kept tenant=%s key=%s", key.tenant(), key.id()));
    }
}
