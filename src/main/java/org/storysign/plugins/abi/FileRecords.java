package org.storysign.plugins.abi;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.sandbox.FileEntry;
import org.storysign.plugins.sandbox.FilePath;

/** What WASI tells of files, as it lies in memory. Source: WASI snapshot preview 1, types. */
final class FileRecords {

    /** Most bytes of one entry of a directory: its header and its name. */
    static final long LARGEST_ENTRY = 24L + FilePath.LONGEST;

    private static final byte DIRECTORY = 3;
    private static final byte FILE = 4;
    private static final int APPEND = 1;

    /** Every right but to make links, to set times and to reserve space. */
    private static final long RIGHTS =
            0x1FFF_FFFFL & ~(1L << 8 | 1L << 11 | 1L << 12 | 1L << 20 | 1L << 23 | 1L << 24 | 1L << 28);
    /** Rights that change something. */
    private static final long WRITING =
            1L | 1L << 6 | 1L << 9 | 1L << 10 | 1L << 16 | 1L << 17 | 1L << 19 | 1L << 22 | 1L << 25 | 1L << 26;

    private FileRecords() {}

    /** {@code prestat} of a directory. */
    static byte[] root(int nameLength) {
        return of(8).putInt(4, nameLength).array();
    }

    /** {@code fdstat}. */
    static byte[] descriptor(Descriptors.Open open) {
        long rights = open.mayWrite ? RIGHTS : RIGHTS & ~WRITING;
        ByteBuffer status = of(24);
        status.put(0, open.directory ? DIRECTORY : FILE);
        status.putShort(2, (short) (open.append ? APPEND : 0));
        status.putLong(8, rights);
        return status.putLong(16, open.directory ? rights : 0).array();
    }

    /** {@code filestat}. */
    static byte[] file(FilePath path, FileEntry entry) {
        long modified = TimeUnit.SECONDS.toNanos(entry.modified().getEpochSecond())
                + entry.modified().getNano();
        ByteBuffer status = of(64);
        status.putLong(0, path.root() + 1);
        status.putLong(8, inode(path));
        status.put(16, entry.directory() ? DIRECTORY : FILE);
        status.putLong(24, 1);
        status.putLong(32, entry.size());
        status.putLong(40, modified);
        status.putLong(48, modified);
        return status.putLong(56, modified).array();
    }

    /** {@code dirent}s from {@code cookie} on, each with its name; what has no room is cut, as WASI wants it. */
    static byte[] entries(FilePath directory, List<FileEntry> listing, long cookie, long room) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long index = Math.max(0, cookie); index < listing.size() + 2L && bytes.size() < room; index++) {
            FileEntry entry = index < 2 ? null : listing.get((int) index - 2);
            String name = entry == null ? (index == 0 ? "." : "..") : entry.name();
            FilePath path = entry == null ? (index == 0 ? directory : directory.parent()) : directory.child(name);
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            ByteBuffer header = of(24);
            header.putLong(0, index + 1);
            header.putLong(8, inode(path));
            header.putInt(16, text.length);
            header.put(20, entry == null || entry.directory() ? DIRECTORY : FILE);
            bytes.writeBytes(header.array());
            bytes.writeBytes(text);
        }
        byte[] all = bytes.toByteArray();
        return all.length <= room ? all : java.util.Arrays.copyOf(all, (int) room);
    }

    /** The same number for the same path, on every replica. */
    private static long inode(FilePath path) {
        byte[] text = (path.root() + "/" + path.path()).getBytes(StandardCharsets.UTF_8);
        return Long.parseUnsignedLong(Digest.of(text).hex().substring(0, 15), 16) + 1;
    }

    private static ByteBuffer of(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
