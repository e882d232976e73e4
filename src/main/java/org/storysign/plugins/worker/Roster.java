package org.storysign.plugins.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who has how many workers, and which of them are idle. A place is taken before a worker is started and given back when it is
 * gone. Safe for concurrent use.
 */
final class Roster {

    private static final long AT_A_TIME = TimeUnit.SECONDS.toNanos(1);

    private final int most;
    private final int mostOfOne;
    private final Map<WorkerOwner, Integer> holders = new HashMap<>();
    private final Map<WorkerOwner, Integer> places = new HashMap<>();
    private final Set<WorkerOwner> startedAhead = new HashSet<>();

    /** The longest idle first. */
    private final List<Idle> idle = new ArrayList<>();

    private int taken;

    Roster(int most, int mostOfOne) {
        this.most = most;
        this.mostOfOne = mostOfOne;
    }

    /** A worker without a call. */
    private record Idle(WorkerOwner owner, WorkerProcess worker) {}

    /** What a call gets: an idle worker, or a place for a new one. */
    record Seat(Optional<WorkerProcess> worker) {}

    synchronized void open(WorkerOwner owner) {
        holders.merge(owner, 1, Integer::sum);
    }

    /** One holder less; without any its idle workers end. */
    synchronized void close(WorkerOwner owner) {
        Integer left = holders.computeIfPresent(owner, (held, count) -> count == 1 ? null : count - 1);
        if (left == null) {
            List.copyOf(idle).stream().filter(one -> one.owner().equals(owner)).forEach(this::end);
        }
    }

    /**
     * Waits so long for a worker of the owner that is idle, or for a place; empty when there was none. One that is being started
     * ahead is waited for without counting: it comes or gives its place back.
     */
    synchronized Optional<Seat> seat(WorkerOwner owner, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<WorkerProcess> worker = takeIdle(owner);
            boolean isStarting = startedAhead.contains(owner);
            if (worker.isPresent() || !isStarting && takePlace(owner, true)) {
                return Optional.of(new Seat(worker));
            }
            long left = isStarting ? AT_A_TIME : end - System.nanoTime();
            if (left <= 0 || !waited(left)) {
                return Optional.empty();
            }
        }
    }

    /**
     * A place for a worker that nobody waits for: only where there is one, and only the owner's first. To be followed by
     * {@link #isStarted}.
     */
    synchronized boolean seatAhead(WorkerOwner owner) {
        boolean isFirst = holders.containsKey(owner) && !places.containsKey(owner) && takePlace(owner, false);
        if (isFirst) {
            startedAhead.add(owner);
        }
        return isFirst;
    }

    /** The worker of {@link #seatAhead} is there, or will not come. */
    synchronized void isStarted(WorkerOwner owner) {
        startedAhead.remove(owner);
        notifyAll();
    }

    private Optional<WorkerProcess> takeIdle(WorkerOwner owner) {
        for (int index = idle.size() - 1; index >= 0; index--) {
            Idle last = idle.get(index);
            if (last.owner().equals(owner)) {
                idle.remove(index);
                if (last.worker().isUsable()) {
                    return Optional.of(last.worker());
                }
                gone(owner);
            }
        }
        return Optional.empty();
    }

    private boolean takePlace(WorkerOwner owner, boolean mayEnd) {
        if (places.getOrDefault(owner, 0) >= mostOfOne) {
            return false;
        }
        if (taken == most && !(mayEnd && endOldest())) {
            return false;
        }
        taken++;
        places.merge(owner, 1, Integer::sum);
        return true;
    }

    private boolean endOldest() {
        Iterator<Idle> oldest = idle.iterator();
        if (!oldest.hasNext()) {
            return false;
        }
        end(oldest.next());
        return true;
    }

    private void end(Idle one) {
        idle.remove(one);
        one.worker().kill();
        gone(one.owner());
    }

    /** A worker is idle, or ends when nobody holds its module any more. */
    synchronized void giveBack(WorkerOwner owner, WorkerProcess worker) {
        if (holders.containsKey(owner) && worker.isUsable()) {
            idle.add(new Idle(owner, worker));
        } else {
            worker.kill();
            gone(owner);
        }
        notifyAll();
    }

    /** A place is free again. */
    synchronized void gone(WorkerOwner owner) {
        places.computeIfPresent(owner, (held, count) -> count == 1 ? null : count - 1);
        taken--;
        notifyAll();
    }

    /** Ends all idle workers. */
    synchronized void endAll() {
        holders.clear();
        List.copyOf(idle).forEach(this::end);
    }

    synchronized int taken() {
        return taken;
    }

    synchronized int idle() {
        return idle.size();
    }

    /** For tests: an idle worker of the owner. */
    synchronized @Nullable WorkerProcess idleOf(WorkerOwner owner) {
        return idle.stream()
                .filter(one -> one.owner().equals(owner))
                .map(Idle::worker)
                .findFirst()
                .orElse(null);
    }

    private boolean waited(long nanos) {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
