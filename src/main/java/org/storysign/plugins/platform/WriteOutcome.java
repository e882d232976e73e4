package org.storysign.plugins.platform;

/** What became of a write or delete. */
public sealed interface WriteOutcome {

    /** Done. The revision the key has now; after a delete, the one it had. {@code created} when there was none before. */
    record Done(long revision, boolean created) implements WriteOutcome {}

    /** The condition did not hold; nothing changed. */
    record ConditionFailed() implements WriteOutcome {}

    /** There was no such key to delete. */
    record Missing() implements WriteOutcome {}

    /** It would have gone over a limit; nothing changed. {@code limit} says which, in words. */
    record OverLimit(String limit) implements WriteOutcome {}
}
