package org.storysign.plugins.sandbox;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.storysign.plugins.limits.MemorySize;

/**
 * The instances of all pools that no call uses now. Their memory is taken from the same reserve as that of calls, and calls come
 * first: an idle instance is let go before a call is refused. Safe for concurrent use.
 */
final class IdleInstances {

    private final MemoryReserve reserve;
    private final int mostOfOne;
    private final LongSupplier nanoTime;

    /** The longest idle first. */
    private final Map<KeptInstance, InstancePool> all = new LinkedHashMap<>();

    private final Map<InstancePool, ArrayDeque<KeptInstance>> ofPool = new HashMap<>();

    /** @param mostOfOne instances of one pool that are kept */
    IdleInstances(MemoryReserve reserve, int mostOfOne, LongSupplier nanoTime) {
        this.reserve = reserve;
        this.mostOfOne = mostOfOne;
        this.nanoTime = nanoTime;
    }

    /**
     * The instance of the pool that was used last and may serve the request; those that may not any more are let go.
     *
     * @param start bytes that the call starts with
     */
    synchronized Optional<KeptInstance> take(InstancePool pool, CallRequest request, long start) {
        pool.requireFor(request.context());
        ArrayDeque<KeptInstance> idle = ofPool.get(pool);
        while (idle != null && !idle.isEmpty()) {
            KeptInstance kept = idle.getLast();
            remove(kept);
            if (kept.suits(request, pool, nanoTime.getAsLong()) && isReady(kept, start)) {
                return Optional.of(kept);
            }
            kept.budget().release();
        }
        return Optional.empty();
    }

    /** A call on an instance that is as new starts as on a new one: with memory for it, for which it waits without an instance. */
    private static boolean isReady(KeptInstance kept, long start) {
        kept.budget().startAnew();
        return !kept.isNew() || kept.budget().startAgain(start);
    }

    /** Keeps an instance for the next call of its pool, if there is room for it; its memory goes with it. */
    synchronized boolean keep(InstancePool pool, KeptInstance kept) {
        ArrayDeque<KeptInstance> idle = ofPool.computeIfAbsent(pool, first -> new ArrayDeque<>(2));
        kept.budget().rest();
        boolean isKept = idle.size() < mostOfOne && pool.moveInto(this);
        if (isKept) {
            idle.addLast(kept);
            all.put(kept, pool);
        } else if (idle.isEmpty()) {
            ofPool.remove(pool);
        }
        return isKept;
    }

    /** The budget of a call that starts with so many bytes; idle instances make room. Throws as {@link MemoryShare#start}. */
    MemoryBudget budget(MemorySize limit, long start, MemoryHabit habit) {
        MemoryShare share = new MemoryShare(reserve, this::discardOldest, habit);
        share.start(Math.min(start, limit.bytes()));
        return new MemoryBudget(limit, share);
    }

    /** Takes nothing; throws as {@link #budget} where that would hardly succeed, and no idle instance can make room. */
    void requireChance(long start, MemoryHabit habit) {
        if (isEmpty()) {
            new MemoryShare(reserve, () -> false, habit).requireChance(start);
        }
    }

    private synchronized boolean isEmpty() {
        return all.isEmpty();
    }

    /** Lets all instances of a pool go. */
    synchronized void discard(InstancePool pool) {
        List<KeptInstance> idle = new ArrayList<>(ofPool.getOrDefault(pool, new ArrayDeque<>()));
        idle.forEach(this::discard);
    }

    /** Those with something left of the calls they served, or those that are as new. */
    synchronized int count(boolean asNew) {
        return (int) all.keySet().stream().filter(kept -> kept.isNew() == asNew).count();
    }

    private synchronized boolean discardOldest() {
        Iterator<KeptInstance> oldest = all.keySet().iterator();
        if (!oldest.hasNext()) {
            return false;
        }
        discard(oldest.next());
        return true;
    }

    private void remove(KeptInstance kept) {
        InstancePool pool = all.remove(kept);
        ArrayDeque<KeptInstance> idle = ofPool.getOrDefault(pool, new ArrayDeque<>());
        idle.remove(kept);
        if (idle.isEmpty()) {
            ofPool.remove(pool);
        }
    }

    private void discard(KeptInstance kept) {
        remove(kept);
        kept.budget().release();
    }
}
