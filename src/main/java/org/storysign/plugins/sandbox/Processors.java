package org.storysign.plugins.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;

/**
 * The right to run guest code: as many permits as processors. Calls that have hardly run yet go first, since most are over within
 * their first slice; every fourth permit goes to those that run long, so that nobody waits for ever. Among equals it goes round the
 * plugins, so that many calls of one do not shut out the few of another. Beside these permits there is a spare one, which only calls
 * have that hardly ran: while all processors are with calls that run long, a short one shares them at once. Safe for concurrent use.
 */
final class Processors {

    private static final int TURNS_OF_THE_LONG = 4;

    private final Queue brief = new Queue();
    private final Queue lengthy = new Queue();
    private int free;
    private int spare;
    private int given;
    private volatile int waiting;

    /** With one spare permit. */
    Processors(int count) {
        this(count, 1);
    }

    Processors(int count, int spare) {
        this.free = count;
        this.spare = spare;
    }

    /** A plugin of a tenant. */
    private record Caller(TenantId tenant, PluginId plugin) {}

    /** Who waits for a permit, and whether it was given. */
    private static final class Turn {

        private final Thread thread = Thread.currentThread();
        private volatile boolean granted;

        /** Which permit was given; told by {@link #granted}. */
        private boolean onSpare;

        void grant() {
            granted = true;
            LockSupport.unpark(thread);
        }

        /** An interrupt is left for others to see. */
        void await() {
            boolean interrupted = false;
            while (!granted) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            if (interrupted) {
                thread.interrupt();
            }
        }
    }

    /** Turns by plugin; the plugin that was served last comes last. */
    private static final class Queue {

        private final Map<Caller, Deque<Turn>> turns = new LinkedHashMap<>();

        void add(Caller caller, Turn turn) {
            turns.computeIfAbsent(caller, first -> new ArrayDeque<>()).add(turn);
        }

        boolean isEmpty() {
            return turns.isEmpty();
        }

        Turn remove() {
            Iterator<Map.Entry<Caller, Deque<Turn>>> entries = turns.entrySet().iterator();
            Map.Entry<Caller, Deque<Turn>> first = entries.next();
            Caller caller = first.getKey();
            Deque<Turn> left = first.getValue();
            entries.remove();
            Turn turn = left.remove();
            if (!left.isEmpty()) {
                turns.put(caller, left);
            }
            return turn;
        }
    }

    /** The permits as one call sees them. Used by the guest's thread. */
    final class Seat {

        private final Caller caller;
        private boolean onSpare;

        private Seat(Caller caller) {
            this.caller = caller;
        }

        /** Waits for a permit. */
        void enter(boolean isBrief) {
            Turn turn;
            synchronized (Processors.this) {
                if (free > 0) {
                    free--;
                    return;
                }
                if (isBrief && spare > 0) {
                    spare--;
                    onSpare = true;
                    return;
                }
                turn = queued(isBrief);
            }
            await(turn);
        }

        void leave() {
            Turn next;
            synchronized (Processors.this) {
                next = giveBack();
            }
            grant(next);
        }

        /** Whether somebody waits for a permit, or this one has to be looked at: a spare one is not for long. */
        boolean isAwaited() {
            return onSpare || waiting > 0;
        }

        /** Lets those who wait go first. */
        void handOver(boolean isBrief) {
            Turn next;
            Turn own = null;
            synchronized (Processors.this) {
                boolean mayStay = onSpare ? isBrief && brief.isEmpty() : waiting == 0;
                if (mayStay) {
                    return;
                }
                next = giveBack();
                if (free > 0) {
                    free--;
                } else {
                    own = queued(isBrief);
                }
            }
            grant(next);
            if (own != null) {
                await(own);
            }
        }

        /** Who has the permit now; null when it is free. */
        private @Nullable Turn giveBack() {
            Turn next = onSpare ? nextBrief() : next();
            if (next != null) {
                next.onSpare = onSpare;
            } else if (onSpare) {
                spare++;
            } else {
                free++;
            }
            onSpare = false;
            return next;
        }

        private void grant(@Nullable Turn next) {
            if (next != null) {
                next.grant();
            }
        }

        private void await(Turn turn) {
            turn.await();
            onSpare = turn.onSpare;
        }

        private Turn queued(boolean isBrief) {
            Turn turn = new Turn();
            (isBrief ? brief : lengthy).add(caller, turn);
            waiting++;
            return turn;
        }
    }

    Seat seat(CallContext context) {
        return new Seat(new Caller(context.tenant(), context.plugin()));
    }

    /** Takes who is next out of the queues; null when nobody waits. */
    private @Nullable Turn next() {
        if (waiting == 0) {
            return null;
        }
        waiting--;
        given = (given + 1) % TURNS_OF_THE_LONG;
        boolean isTurnOfTheLong = brief.isEmpty() || given == 0 && !lengthy.isEmpty();
        return (isTurnOfTheLong ? lengthy : brief).remove();
    }

    private @Nullable Turn nextBrief() {
        if (brief.isEmpty()) {
            return null;
        }
        waiting--;
        return brief.remove();
    }

    /** Calls that wait for a permit. */
    synchronized int waiting() {
        return waiting;
    }
}
