package org.storysign.plugins.hook.queue;

import org.storysign.plugins.hook.HookOutcome;

/** Port: is told what workers do, to count it. Called on worker threads; must not fail. */
public interface EventWatcher {

    /** A chain was run for an event. */
    void ran(HookOutcome outcome);

    /** What became of an event this time. */
    void settled(Verdict verdict);
}
