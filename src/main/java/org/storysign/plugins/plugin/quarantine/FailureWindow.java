package org.storysign.plugins.plugin.quarantine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.identity.UserId;

/**
 * What became of the distinct inputs of one release of one plugin lately. Keeps nothing until something fails. Safe for concurrent use.
 */
final class FailureWindow {

    private final Duration length;
    private final Map<Long, Seen> inputs = new LinkedHashMap<>();
    private final Map<UserId, Integer> counted = new HashMap<>();
    private volatile boolean hasFailures;
    private Instant began = Instant.EPOCH;

    FailureWindow(Duration length) {
        this.length = length;
    }

    /** The last thing that became of an input. */
    private record Seen(boolean failed, Optional<UserId> user) {}

    /**
     * What counts at some moment.
     *
     * @param failed distinct inputs that failed
     * @param all distinct inputs
     * @param users distinct users among those that failed
     * @param named whether any that failed named a user
     */
    record Count(int failed, int all, int users, boolean named) {

        boolean exceeds(QuarantineTerms terms, int mostInputs, boolean onProbation) {
            boolean enoughUsers = !named || onProbation || users >= terms.users();
            return failed >= mostInputs && enoughUsers && failed * 100L >= (long) all * terms.share();
        }
    }

    /** A call that went well costs a look at a field while nothing has failed. */
    boolean isQuiet() {
        return !hasFailures;
    }

    /** @param input the same for the same input */
    synchronized Count add(long input, Optional<UserId> user, boolean failed, Instant now) {
        if (Duration.between(began, now).compareTo(length) > 0) {
            inputs.clear();
            counted.clear();
            hasFailures = false;
            began = now;
        }
        if (inputs.containsKey(input) || mayCount(user)) {
            inputs.put(input, new Seen(failed, user));
            hasFailures |= failed;
        }
        return count();
    }

    private boolean mayCount(Optional<UserId> user) {
        return inputs.size() < QuarantineTerms.MOST_INPUTS
                && (user.isEmpty() || counted.merge(user.get(), 1, Integer::sum) <= QuarantineTerms.MOST_OF_USER);
    }

    private Count count() {
        int failed = 0;
        Set<UserId> users = new HashSet<>();
        for (Seen seen : inputs.values()) {
            if (seen.failed()) {
                failed++;
                seen.user().ifPresent(users::add);
            }
        }
        return new Count(failed, inputs.size(), users.size(), !users.isEmpty());
    }
}
