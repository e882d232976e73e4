package org.storysign.plugins.abi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.storysign.plugins.sandbox.HostCall;

/**
 * {@code fd_read} and {@code fd_write}: move bytes between a standard stream and the pieces of memory a guest lists. The list is
 * walked entry by entry and each piece in steps, all paid before it is done, so that no length the guest names is ever allocated.
 */
final class VectorTransfer {

    private static final int STEP = 16_384;
    private static final int ENTRY = 8;

    private VectorTransfer() {}

    static long write(HostCall call, KernelFrame frame, long[] args) {
        int descriptor = (int) args[0];
        if (!WasiSubset.isStandard(descriptor)) {
            return WasiFiles.transfer(call, frame, args, true);
        }
        if (descriptor != StandardStreams.OUTPUT && descriptor != StandardStreams.ERROR) {
            return Errno.BADF;
        }
        long moved = 0;
        for (long index = 0; index < WasiSubset.pointer(args[2]); index++) {
            ByteBuffer entry = entry(call, args[1], index);
            long from = entry.getInt(0) & 0xFFFF_FFFFL;
            long length = entry.getInt(4) & 0xFFFF_FFFFL;
            for (long done = 0; done < length; done += STEP) {
                long step = Math.min(STEP, length - done);
                call.charge(FuelPrice.working(step));
                frame.streams().write(call, descriptor, call.memory().read(from + done, step));
            }
            moved += length;
        }
        WasiSubset.writeInt(call, args[3], (int) moved);
        return Errno.SUCCESS;
    }

    static long read(HostCall call, KernelFrame frame, long[] args) {
        if (!WasiSubset.isStandard((int) args[0])) {
            return WasiFiles.transfer(call, frame, args, false);
        }
        if ((int) args[0] != StandardStreams.INPUT) {
            return Errno.BADF;
        }
        long moved = 0;
        for (long index = 0; index < WasiSubset.pointer(args[2]); index++) {
            ByteBuffer entry = entry(call, args[1], index);
            byte[] next = frame.streams().read(entry.getInt(4) & 0xFFFF_FFFFL);
            call.charge(FuelPrice.copying(next.length));
            call.memory().write(entry.getInt(0) & 0xFFFF_FFFFL, next);
            moved += next.length;
        }
        WasiSubset.writeInt(call, args[3], (int) moved);
        return Errno.SUCCESS;
    }

    private static ByteBuffer entry(HostCall call, long list, long index) {
        call.charge(FuelPrice.ACCESS);
        byte[] entry = call.memory().read(WasiSubset.pointer(list) + index * ENTRY, ENTRY);
        return ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN);
    }
}
