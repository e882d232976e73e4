package org.storysign.plugins.security;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.UUID;
import org.storysign.plugins.identity.TenantId;

/**
 * Port: remembers requests that were sent with an {@code Idempotency-Key}, so that one that is sent again has no second effect. Keys
 * themselves are not kept, only what they hash to. Fails with {@code database-unavailable}.
 */
public interface RepeatedRequests {

    /** For how long a request is remembered. */
    Duration KEPT = Duration.ofHours(24);

    /** After this a request without an end is taken for one whose process died. */
    Duration LONGEST = Duration.ofMinutes(2);

    /**
     * A key as its sender means it.
     *
     * @param principal the actor's name
     * @param keyHash SHA-256 of the key, hexadecimal
     */
    record Id(TenantId tenant, String principal, String keyHash) {}

    /**
     * Notes that a request begins, unless it is known.
     *
     * @param fingerprint SHA-256 of what was asked, hexadecimal
     * @param attempt names this one
     */
    Uni<Known> begin(Id id, String fingerprint, UUID attempt);

    /** Keeps how the attempt ended; {@code answer} is told to whoever sends the request again. */
    Uni<Void> end(Id id, UUID attempt, String answer);

    /** The attempt came to nothing, so the next one begins anew. */
    Uni<Void> forget(Id id, UUID attempt);

    /** What is known of a request. */
    sealed interface Known {

        /** Nothing; it begins now. */
        record Nothing() implements Known {}

        /** It has not ended yet. */
        record Running() implements Known {}

        /** The key was sent with something else. */
        record AnotherRequest() implements Known {}

        /** It ended so. */
        record Ended(String answer) implements Known {}
    }
}
