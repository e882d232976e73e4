package org.storysign.plugins.hook.queue;

import java.time.Duration;
import java.util.Locale;
import org.storysign.plugins.hook.HandlerExecution;

/** What became of an event that was taken. */
public sealed interface Verdict {

    /** {@code done}, {@code retry}, {@code postpone} or {@code dead}. */
    default String publicName() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** The chain has run to its end. */
    record Done() implements Verdict {}

    /** It failed and is tried again after the pause. */
    record Retry(Duration pause, HandlerExecution.Problem problem) implements Verdict {}

    /** Nothing of it has run, because the process was busy or the database away; this attempt does not count. */
    record Postpone(Duration pause, HandlerExecution.Problem problem) implements Verdict {}

    /** It failed for the last time. */
    record Dead(HandlerExecution.Problem problem) implements Verdict {}
}
