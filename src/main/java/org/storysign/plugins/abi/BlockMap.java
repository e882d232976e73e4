package org.storysign.plugins.abi;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses belong to which block: gives out the smallest hole that fits, else room at the end, and joins what becomes free
 * with its neighbours. Every operation takes logarithmic time at most, however a guest allocates and frees.
 */
final class BlockMap {

    private static final int ALIGNMENT = 8;

    private record Hole(long start, long room) {}

    private static final Comparator<Hole> BY_ROOM =
            Comparator.comparingLong(Hole::room).thenComparingLong(Hole::start);

    private final Map<Long, Long> lengths = new HashMap<>();
    private final TreeMap<Long, Hole> holesByStart = new TreeMap<>();
    private final TreeSet<Hole> holesByRoom = new TreeSet<>(BY_ROOM);
    private long end;

    /** Gives out addresses from {@code first}, a multiple of {@value #ALIGNMENT}. */
    BlockMap(long first) {
        this.end = first;
    }

    /** The address behind the last block. */
    long end() {
        return end;
    }

    /** How many blocks there are. */
    int count() {
        return lengths.size();
    }

    /** Where the end will be after a block of this length, 1 or more, was taken. */
    long endAfter(long length) {
        return hole(length) == null ? end + room(length) : end;
    }

    /** Takes a block of this length, 1 or more, and gives its address. */
    long take(long length) {
        Hole hole = hole(length);
        long start = hole == null ? end : hole.start();
        if (hole == null) {
            end += room(length);
        } else {
            remove(hole);
            addHole(hole.start() + room(length), hole.room() - room(length));
        }
        lengths.put(start, length);
        return start;
    }

    /** The length of the block that starts there, 0 when none does. */
    long length(long start) {
        return lengths.getOrDefault(start, 0L);
    }

    /** Frees the block that starts there; false when none does. */
    boolean free(long start) {
        Long length = lengths.remove(start);
        if (length == null) {
            return false;
        }
        long from = start;
        long to = start + room(length);
        Map.Entry<Long, Hole> before = holesByStart.lowerEntry(from);
        if (before != null && before.getKey() + before.getValue().room() == from) {
            from = before.getKey();
            remove(before.getValue());
        }
        Hole after = holesByStart.get(to);
        if (after != null) {
            to += after.room();
            remove(after);
        }
        if (to == end) {
            end = from;
        } else {
            addHole(from, to - from);
        }
        return true;
    }

    private @Nullable Hole hole(long length) {
        return holesByRoom.ceiling(new Hole(0, room(length)));
    }

    private void addHole(long start, long room) {
        if (room > 0) {
            Hole hole = new Hole(start, room);
            holesByStart.put(start, hole);
            holesByRoom.add(hole);
        }
    }

    private void remove(Hole hole) {
        holesByStart.remove(hole.start());
        holesByRoom.remove(hole);
    }

    private static long room(long length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
