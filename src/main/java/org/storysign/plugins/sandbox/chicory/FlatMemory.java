package org.storysign.plugins.sandbox.chicory;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.storysign.plugins.sandbox.MemoryBudget;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/**
 * A guest's linear memory in one array, counted against the call's budget. Addresses come as the engine computes them: 32-bit
 * numbers of which those below 0 are out of bounds, as no memory reaches 2 GiB. Every access outside ends in
 * {@link Trap.OutOfBoundsMemory}. The array doubles when the guest grows, so that growing page by page does not copy all of it
 * each time. Used by one thread. Source: core spec 4.2.8; why not the engine's own: decisions/003.
 */
public final class FlatMemory implements Memory {

    /** Pages of the largest array that Java has. */
    static final int MOST_PAGES = RUNTIME_MAX_PAGES;

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private final MemoryLimits limits;
    private final MemoryBudget budget;
    private final int[] marks;
    private byte[] bytes;
    private int size;
    private DataSegment[] segments = {};

    /** The module's globals by their index, and behind them the meter's counters. */
    private long[] globals = {};

    private long fuel;
    private long depth;

    /** Throws {@link TrapException} with {@link Trap.MemoryExhausted} when the budget does not have the first pages. */
    FlatMemory(MemoryLimits limits, MemoryBudget budget) {
        this.limits = limits;
        this.budget = budget;
        budget.require((long) limits.initialPages() * PAGE_SIZE);
        this.size = Math.multiplyExact(limits.initialPages(), PAGE_SIZE);
        this.bytes = new byte[size];
        this.marks = MemoryImage.marks(size);
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    /** So many globals of the guest are kept here. */
    void holdGlobals(int count) {
        globals = new long[count];
    }

    long global(int index) {
        return globals[index];
    }

    void global(int index, long value) {
        globals[index] = value;
    }

    long fuel() {
        return fuel;
    }

    void fuel(long units) {
        fuel = units;
    }

    long depth() {
        return depth;
    }

    void depth(long units) {
        depth = units;
    }

    /** For generated code. */
    public static long global(Memory memory, int index) {
        return ((FlatMemory) memory).globals[index];
    }

    /** For generated code. */
    public static void global(long value, Memory memory, int index) {
        ((FlatMemory) memory).globals[index] = value;
    }

    /** For generated code. */
    public static long fuel(Memory memory) {
        return ((FlatMemory) memory).fuel;
    }

    /** For generated code. */
    public static void fuel(long units, Memory memory) {
        ((FlatMemory) memory).fuel = units;
    }

    /** For generated code. */
    public static long depth(Memory memory) {
        return ((FlatMemory) memory).depth;
    }

    /** For generated code. */
    public static void depth(long units, Memory memory) {
        ((FlatMemory) memory).depth = units;
    }

    /** Bytes, now. */
    int size() {
        return size;
    }

    @Override
    public int pages() {
        return size / PAGE_SIZE;
    }

    @Override
    public int grow(int more) {
        int before = pages();
        long wanted = before + Integer.toUnsignedLong(more);
        if (wanted > maximumPages()) {
            return -1;
        }
        long taken = (wanted - before) * PAGE_SIZE;
        if (!budget.take(taken, Math.min(taken, bytes.length - size))) {
            return -1;
        }
        int wantedSize = (int) wanted * PAGE_SIZE;
        if (wantedSize > bytes.length) {
            enlarge(wantedSize);
        }
        budget.holdBeside((long) bytes.length - wantedSize);
        size = wantedSize;
        return before;
    }

    /** The old array and the new one exist together until all is copied. */
    private void enlarge(int wantedSize) {
        long most = Math.min((long) maximumPages() * PAGE_SIZE, budget.limit().bytes());
        long capacity = Math.max(wantedSize, Math.min(2L * bytes.length, most));
        budget.holdBeside(bytes.length + capacity - wantedSize);
        try {
            bytes = Arrays.copyOf(bytes, (int) capacity);
        } catch (OutOfMemoryError heapIsFull) {
            throw budget.heapIsFull(capacity);
        }
    }

    /** Bytes that exist, in use or not. */
    int capacity() {
        return bytes.length;
    }

    MemoryImage image() {
        return MemoryImage.of(bytes, size);
    }

    /** The data segments, those that were dropped empty. */
    DataSegment[] segments() {
        return segments.clone();
    }

    /** Makes it as a new one is; {@link #countAgain} before anything runs on it. */
    void rewind(MemoryImage image, DataSegment[] first) {
        image.restore(bytes, marks);
        System.arraycopy(first, 0, segments, 0, first.length);
        size = Math.multiplyExact(limits.initialPages(), PAGE_SIZE);
    }

    /** Takes the first pages from the budget as a new one does; throws as that. */
    void countAgain() {
        budget.holdBeside((long) bytes.length - size);
        budget.require(size);
    }

    @Override
    public int initialPages() {
        return limits.initialPages();
    }

    @Override
    public int maximumPages() {
        return Math.min(limits.maximumPages(), MOST_PAGES);
    }

    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments) {
        // The instance's own array, not a copy: the interpreter drops segments there, the compiler here.
        segments = dataSegments;
        for (int index = 0; index < segments.length; index++) {
            if (segments[index] instanceof ActiveDataSegment active) {
                long offset = ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions())[0];
                write((int) offset, active.data());
                drop(index);
            }
        }
    }

    @Override
    public void initialize(Instance instance, DataSegment[] dataSegments, int memoryIndex) {
        initialize(instance, dataSegments);
    }

    @Override
    public void initPassiveSegment(int segment, int target, int offset, int length) {
        write(target, segments[segment].data(), offset, length);
    }

    @Override
    public void drop(int segment) {
        segments[segment] = PassiveDataSegment.EMPTY;
    }

    @Override
    public void write(int address, byte[] data, int offset, int length) {
        requireRange(offset, length, data.length);
        requireRange(address, length, size);
        System.arraycopy(data, offset, bytes, address, length);
        MemoryImage.mark(marks, address, length);
    }

    @Override
    public byte[] readBytes(int address, int length) {
        requireRange(address, length, size);
        return Arrays.copyOfRange(bytes, address, address + length);
    }

    @Override
    public void copy(int target, int source, int length) {
        requireRange(target, length, size);
        requireRange(source, length, size);
        System.arraycopy(bytes, source, bytes, target, length);
        MemoryImage.mark(marks, target, length);
    }

    /** Fills {@code [from, to)}; the engine adds start and length without looking at overflow, which gives a smaller {@code to}. */
    @Override
    public void fill(byte value, int from, int to) {
        if (from < 0 || to < from || to > size) {
            throw outOfBounds();
        }
        Arrays.fill(bytes, from, to, value);
        MemoryImage.mark(marks, from, to - from);
    }

    /** A fresh array is zero. */
    @Override
    public void zero() {}

    @Override
    public byte read(int address) {
        return bytes[within(address, 1)];
    }

    @Override
    public short readShort(int address) {
        return (short) SHORT.get(bytes, within(address, 2));
    }

    @Override
    public long readU16(int address) {
        return readShort(address) & 0xFFFFL;
    }

    @Override
    public int readInt(int address) {
        return (int) INT.get(bytes, within(address, 4));
    }

    @Override
    public long readLong(int address) {
        return (long) LONG.get(bytes, within(address, 8));
    }

    @Override
    public float readFloat(int address) {
        return Float.intBitsToFloat(readInt(address));
    }

    @Override
    public long readF32(int address) {
        return readInt(address);
    }

    @Override
    public double readDouble(int address) {
        return Double.longBitsToDouble(readLong(address));
    }

    @Override
    public long readF64(int address) {
        return readLong(address);
    }

    @Override
    public void writeByte(int address, byte value) {
        bytes[within(address, 1)] = value;
        MemoryImage.mark(marks, address);
    }

    @Override
    public void writeShort(int address, short value) {
        SHORT.set(bytes, within(address, 2), value);
        MemoryImage.mark(marks, address);
    }

    @Override
    public void writeI32(int address, int value) {
        INT.set(bytes, within(address, 4), value);
        MemoryImage.mark(marks, address);
    }

    @Override
    public void writeLong(int address, long value) {
        LONG.set(bytes, within(address, 8), value);
        MemoryImage.mark(marks, address);
    }

    @Override
    public void writeF32(int address, float value) {
        writeI32(address, Float.floatToRawIntBits(value));
    }

    @Override
    public void writeF64(int address, double value) {
        writeLong(address, Double.doubleToRawLongBits(value));
    }

    /** The address, which has {@code width} bytes behind it. */
    private int within(int address, int width) {
        if (address < 0 || address > size - width) {
            throw outOfBounds();
        }
        return address;
    }

    private static void requireRange(int from, int length, int size) {
        if (from < 0 || length < 0 || from > size - length) {
            throw outOfBounds();
        }
    }

    private static TrapException outOfBounds() {
        return new TrapException(new Trap.OutOfBoundsMemory(""));
    }

    /** No: the pre-flight reader refuses shared memories. */
    @Override
    public boolean shared() {
        return false;
    }

    @Override
    @Deprecated
    public Object lock(int address) {
        throw notShared();
    }

    @Override
    public int waitOn(int address, int expected, long timeout) {
        throw notShared();
    }

    @Override
    public int waitOn(int address, long expected, long timeout) {
        throw notShared();
    }

    @Override
    public int notify(int address, int most) {
        throw notShared();
    }

    private static IllegalStateException notShared() {
        return new IllegalStateException("modules with threads are refused");
    }
}
