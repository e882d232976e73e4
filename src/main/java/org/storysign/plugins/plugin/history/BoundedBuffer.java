package org.storysign.plugins.plugin.history;

import java.util.ArrayList;
import java.util.List;

/** Things that wait, up to a weight. What is too much is not taken; nobody waits. Safe for concurrent use. */
final class BoundedBuffer<T> {

    private final long most;
    private List<T> waiting = new ArrayList<>();
    private long weight;

    BoundedBuffer(long most) {
        this.most = most;
    }

    /** Whether there was room for it. */
    synchronized boolean offer(T thing, long itsWeight) {
        if (weight + itsWeight > most) {
            return false;
        }
        weight += itsWeight;
        waiting.add(thing);
        return true;
    }

    /** All that waits; then nothing does. */
    synchronized List<T> drain() {
        List<T> drained = waiting;
        waiting = new ArrayList<>();
        weight = 0;
        return drained;
    }
}
