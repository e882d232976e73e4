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

    /** The instance of the request's pool that was used last and may serve it; those that may not any more are let go. */
    synchronized Optional<KeptInstance> take(InstancePool pool, CallRequest request) {
        pool.requireFor(request.context());
        ArrayDeque<KeptInstance> idle = ofPool.getOrDefault(pool, new ArrayDeque<>());
        while (!idle.isEmpty()) {
            KeptInstance kept = idle.getLast();
            remove(kept);
            if (kept.suits(request, nanoTime.getAsLong())) {
                kept.budget().startAnew();
                return Optional.of(kept);
            }
        }
        return Optional.empty();
    }

    /** Keeps an instance for the next call of its pool, if there is room for it. */
    synchronized void keep(InstancePool pool, KeptInstance kept) {
        ArrayDeque<KeptInstance> idle = ofPool.getOrDefault(pool, new ArrayDeque<>());
        boolean hasRoom = idle.size() < mostOfOne && pool.moveInto(this) && reserve.takeNow(kept.held());
        if (hasRoom) {
            idle.addLast(kept);
            ofPool.put(pool, idle);
            all.put(kept, pool);
        }
    }

    /** Takes memory for a call; idle instances make room for it. Throws as {@link MemoryReserve#take}. */
    void takeMemory(MemorySize memory) {
        while (!reserve.takeNow(memory)) {
            if (!discardOldest()) {
                reserve.take(memory);
                return;
            }
        }
    }

    /** Lets all instances of a pool go. */
    synchronized void discard(InstancePool pool) {
        List<KeptInstance> idle = new ArrayList<>(ofPool.getOrDefault(pool, new ArrayDeque<>()));
        idle.forEach(this::remove);
    }

    synchronized int count() {
        return all.size();
    }

    private synchronized boolean discardOldest() {
        Iterator<KeptInstance> oldest = all.keySet().iterator();
        if (!oldest.hasNext()) {
            return false;
        }
        remove(oldest.next());
        return true;
    }

    private void remove(KeptInstance kept) {
        InstancePool pool = all.remove(kept);
        ArrayDeque<KeptInstance> idle = ofPool.getOrDefault(pool, new ArrayDeque<>());
        idle.remove(kept);
        if (idle.isEmpty()) {
            ofPool.remove(pool);
        }
        reserve.giveBack(kept.held());
    }
}
