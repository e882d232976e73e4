package org.storysign.plugins.sandbox.chicory;

import org.storysign.plugins.sandbox.GuestMemory;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/** What host functions see of a guest's memory: ranges are checked as unsigned numbers of any size before anything is touched. */
record CheckedMemory(FlatMemory memory) implements GuestMemory {

    /** Of modules that have no memory. */
    static final GuestMemory NONE = new GuestMemory() {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public byte[] read(long pointer, long length) {
            requireWithin(pointer, length, 0);
            return new byte[0];
        }

        @Override
        public void write(long pointer, byte[] bytes) {
            requireWithin(pointer, bytes.length, 0);
        }
    };

    @Override
    public long size() {
        return memory.size();
    }

    @Override
    public byte[] read(long pointer, long length) {
        requireWithin(pointer, length, memory.size());
        return memory.readBytes((int) pointer, (int) length);
    }

    @Override
    public void write(long pointer, byte[] bytes) {
        requireWithin(pointer, bytes.length, memory.size());
        memory.write((int) pointer, bytes, 0, bytes.length);
    }

    private static void requireWithin(long pointer, long length, long size) {
        if (pointer < 0 || length < 0 || pointer > size || length > size - pointer) {
            throw new TrapException(new Trap.OutOfBoundsMemory(" with a pointer it gave to a host function"));
        }
    }
}
