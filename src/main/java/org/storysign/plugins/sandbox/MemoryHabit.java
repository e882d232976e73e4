package org.storysign.plugins.sandbox;

/**
 * What calls of a module lately came to hold: as much as the last, or little less than the ones before. A call that would come to more
 * than is left is better refused before it begins than when it has done half its work and takes others' room; each such refusal is forgotten
 * a little, so that none is for ever. Safe for concurrent use; of two calls that end at once one may be forgotten.
 */
public final class MemoryHabit {

    private static final int FORGETTING = 8;

    private volatile long bytes;

    long bytes() {
        return bytes;
    }

    /** A call held so much at its most, or wanted to. */
    void learn(long most) {
        long last = bytes;
        long next = most >= last ? most : last - (last - most) / FORGETTING;
        if (next != last) {
            bytes = next;
        }
    }
}
