package org.storysign.plugins.plugin.quarantine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What became of the distinct inputs of one release of one plugin lately. Keeps nothing until something fails. Safe for concurrent use.
 */
final class FailureWindow {

    private final Duration length;
    private final Map<Long, Seen> inputs = new LinkedHashMap<>();
    private final Map<String, Integer> counted = new HashMap<>();
    private volatile boolean hasFailures;
    private Instant began = Instant.EPOCH;

    FailureWindow(Duration length) {
        this.length = length;
    }

    /** The last thing that became of an input. */
    private record Seen(boolean failed, Optional<String> source) {}

    /**
     * What counts at some moment.
     *
     * @param failed distinct inputs that failed
     * @param all distinct inputs
     * @param sources distinct sources of those that failed
     * @param trusted those that failed and came from the product itself, for nobody in particular
     */
    record Count(int failed, int all, int sources, int trusted) {

        boolean exceeds(QuarantineTerms terms, int mostInputs) {
            boolean ofMany = sources >= terms.users() && failed >= mostInputs;
            return (ofMany || trusted >= mostInputs) && failed * 100L >= (long) all * terms.share();
        }
    }

    /** A call that went well costs a look at a field while nothing has failed. */
    boolean isQuiet() {
        return !hasFailures;
    }

    /**
     * @param input the same for the same input
     * @param source whose inputs count up to a most; empty for the product's own
     */
    synchronized Count add(long input, Optional<String> source, boolean failed, Instant now) {
        if (Duration.between(began, now).compareTo(length) > 0) {
            inputs.clear();
            counted.clear();
            hasFailures = false;
            began = now;
        }
        if (inputs.containsKey(input) || mayCount(source)) {
            inputs.put(input, new Seen(failed, source));
            hasFailures |= failed;
        }
        return count();
    }

    private boolean mayCount(Optional<String> source) {
        return inputs.size() < QuarantineTerms.MOST_INPUTS
                && (source.isEmpty() || counted.merge(source.get(), 1, Integer::sum) <= QuarantineTerms.MOST_OF_SOURCE);
    }

    private Count count() {
        int failed = 0;
        int trusted = 0;
        Set<String> sources = new HashSet<>();
        for (Seen seen : inputs.values()) {
            if (seen.failed()) {
                failed++;
                trusted += seen.source().isEmpty() ? 1 : 0;
                seen.source().ifPresent(sources::add);
            }
        }
        return new Count(failed, inputs.size(), sources.size(), trusted);
    }
}
