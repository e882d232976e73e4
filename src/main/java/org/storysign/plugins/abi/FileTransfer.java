package org.storysign.plugins.abi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.storysign.plugins.sandbox.FileChange;
import org.storysign.plugins.sandbox.HostCall;

/**
 * Moves bytes between a file and the pieces of memory a guest lists. One call moves at most {@link #STEP} bytes and says how many: kits
 * go on from there. What was written is kept when the call answers.
 */
final class FileTransfer {

    /** Bytes of one call. */
    static final int STEP = 64 << 10;

    /** Pieces of one call. */
    private static final int MOST_PIECES = 1_024;

    private static final int ENTRY = 8;

    private FileTransfer() {}

    /** A list of pieces: where it is and how many there are. */
    record Pieces(long list, long count) {}

    /** From {@code offset} on; answers how many bytes. Throws {@link WasiFault}. */
    static int read(HostCall call, KernelFrame frame, Descriptors.Open file, Pieces pieces, long offset) {
        requireFile(file, file.mayRead);
        long wanted = Math.min(STEP, total(call, pieces));
        if (offset < 0) {
            throw new WasiFault(Errno.INVAL);
        }
        if (wanted == 0) {
            return 0;
        }
        byte[] found = FileAccess.ask(
                call, frame, (session, timeout) -> session.read(file.path, offset, (int) wanted, timeout));
        call.charge(FuelPrice.copying(found.length));
        int done = 0;
        for (long index = 0; done < found.length; index++) {
            ByteBuffer piece = piece(call, pieces, index);
            int length = (int) Math.min(piece.getInt(4) & 0xFFFF_FFFFL, found.length - done);
            call.memory()
                    .write(piece.getInt(0) & 0xFFFF_FFFFL, java.util.Arrays.copyOfRange(found, done, done + length));
            done += length;
        }
        return found.length;
    }

    /** At {@code offset}, or at the end when the file is open so; answers how many bytes. Throws {@link WasiFault}. */
    static int write(HostCall call, KernelFrame frame, Descriptors.Open file, Pieces pieces, long offset) {
        requireFile(file, file.mayWrite);
        if (offset < 0) {
            throw new WasiFault(Errno.INVAL);
        }
        byte[] bytes = gathered(call, pieces);
        if (bytes.length == 0) {
            return 0;
        }
        FileChange change = file.append ? new FileChange.Append(bytes) : new FileChange.Write(offset, bytes);
        long size = FileAccess.ask(call, frame, (session, timeout) -> session.change(file.path, change, timeout));
        if (file.append) {
            file.offset = size - bytes.length;
        }
        return bytes.length;
    }

    private static void requireFile(Descriptors.Open file, boolean may) {
        if (file.directory) {
            throw new WasiFault(Errno.ISDIR);
        }
        if (!may) {
            throw new WasiFault(Errno.NOTCAPABLE);
        }
    }

    private static long total(HostCall call, Pieces pieces) {
        long total = 0;
        for (long index = 0; index < count(pieces) && total < STEP; index++) {
            total += piece(call, pieces, index).getInt(4) & 0xFFFF_FFFFL;
        }
        return total;
    }

    private static byte[] gathered(HostCall call, Pieces pieces) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long index = 0; index < count(pieces) && bytes.size() < STEP; index++) {
            ByteBuffer piece = piece(call, pieces, index);
            long length = Math.min(piece.getInt(4) & 0xFFFF_FFFFL, STEP - bytes.size());
            call.charge(FuelPrice.copying(length));
            bytes.writeBytes(call.memory().read(piece.getInt(0) & 0xFFFF_FFFFL, length));
        }
        return bytes.toByteArray();
    }

    private static long count(Pieces pieces) {
        if (pieces.count > MOST_PIECES) {
            throw new WasiFault(Errno.INVAL);
        }
        return pieces.count;
    }

    private static ByteBuffer piece(HostCall call, Pieces pieces, long index) {
        call.charge(FuelPrice.ACCESS);
        return ByteBuffer.wrap(call.memory().read(pieces.list + index * ENTRY, ENTRY))
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
