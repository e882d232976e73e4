package org.storysign.plugins.abi;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.abi.FileTransfer.Pieces;
import org.storysign.plugins.sandbox.FileChange;
import org.storysign.plugins.sandbox.FileEntry;
import org.storysign.plugins.sandbox.FilePath;
import org.storysign.plugins.sandbox.HostCall;

/**
 * What WASI offers of files, on descriptors from 3 on. There are files and directories, no links, no times to be set and no rights to
 * be taken away; whatever a guest writes is kept when the function answers. Source: WASI snapshot preview 1.
 */
final class WasiFiles {

    private static final int CREATE = 1;
    private static final int DIRECTORY = 2;
    private static final int EXCLUSIVE = 4;
    private static final int TRUNCATE = 8;
    private static final int APPEND = 1;
    private static final long READ = 1L << 1;
    private static final long WRITE = 1L << 6;
    private static final long LIST = 1L << 14;

    private static final int FROM_START = 0;
    private static final int FROM_HERE = 1;
    private static final int FROM_END = 2;

    /** By name; each on a descriptor that is open. */
    private static final Map<String, Body> FUNCTIONS = Map.ofEntries(
            Map.entry("fd_advise", (call, frame, open, args) -> Errno.SUCCESS),
            Map.entry("fd_allocate", (call, frame, open, args) -> Errno.NOTSUP),
            Map.entry("fd_close", WasiFiles::close),
            Map.entry("fd_datasync", (call, frame, open, args) -> Errno.SUCCESS),
            Map.entry("fd_fdstat_set_flags", WasiFiles::setFlags),
            Map.entry("fd_fdstat_set_rights", (call, frame, open, args) -> Errno.NOTSUP),
            Map.entry("fd_filestat_get", WasiFiles::fileStatus),
            Map.entry("fd_filestat_set_size", WasiFiles::resize),
            Map.entry("fd_filestat_set_times", (call, frame, open, args) -> Errno.NOTSUP),
            Map.entry("fd_pread", WasiFiles::readAt),
            Map.entry("fd_pwrite", WasiFiles::writeAt),
            Map.entry("fd_readdir", WasiFiles::list),
            Map.entry("fd_renumber", WasiFiles::renumber),
            Map.entry("fd_seek", WasiFiles::seek),
            Map.entry("fd_sync", (call, frame, open, args) -> Errno.SUCCESS),
            Map.entry("fd_tell", WasiFiles::tell),
            Map.entry("path_create_directory", WasiFiles::makeDirectory),
            Map.entry("path_filestat_get", WasiFiles::pathStatus),
            Map.entry("path_filestat_set_times", (call, frame, open, args) -> Errno.NOTSUP),
            Map.entry("path_open", WasiFiles::open),
            Map.entry("path_readlink", WasiFiles::readLink),
            Map.entry("path_remove_directory", WasiFiles::removeDirectory),
            Map.entry("path_unlink_file", WasiFiles::removeFile),
            Map.entry("path_link", (call, frame, open, args) -> Errno.NOTSUP),
            Map.entry("path_rename", WasiFiles::rename));

    private WasiFiles() {}

    /** What a function does with its first argument, a descriptor that is open. */
    private interface Body {
        long run(HostCall call, KernelFrame frame, Descriptors.Open open, long[] args);
    }

    /** Runs a function of descriptors and paths that is not about a standard stream. */
    static long run(String name, HostCall call, KernelFrame frame, long[] args) {
        Optional<Descriptors.Open> open = frame.descriptors().find((int) args[0]);
        Body body = FUNCTIONS.get(name);
        if (open.isEmpty()) {
            return Errno.BADF;
        }
        if (body == null) {
            return Errno.NOTSUP;
        }
        return answering(() -> body.run(call, frame, open.get(), args));
    }

    /** {@code fd_read} and {@code fd_write} of a file, from where it is. */
    static long transfer(HostCall call, KernelFrame frame, long[] args, boolean writing) {
        Optional<Descriptors.Open> open = frame.descriptors().find((int) args[0]);
        if (open.isEmpty()) {
            return Errno.BADF;
        }
        return answering(() -> {
            Descriptors.Open file = open.get();
            Pieces pieces = pieces(args);
            int moved = writing
                    ? FileTransfer.write(call, frame, file, pieces, file.offset)
                    : FileTransfer.read(call, frame, file, pieces, file.offset);
            file.offset += moved;
            WasiSubset.writeInt(call, args[3], moved);
            return Errno.SUCCESS;
        });
    }

    /** {@code fd_fdstat_get} of what is open. */
    static long describe(HostCall call, KernelFrame frame, long[] args) {
        Optional<Descriptors.Open> open = frame.descriptors().find((int) args[0]);
        open.ifPresent(found -> call.memory().write(WasiSubset.pointer(args[1]), FileRecords.descriptor(found)));
        return open.isPresent() ? Errno.SUCCESS : Errno.BADF;
    }

    /** {@code fd_prestat_get}: whether a descriptor is a directory that is found open, and how long its name is. */
    static long rootStatus(HostCall call, KernelFrame frame, long[] args) {
        Optional<String> name = frame.descriptors().rootName((int) args[0]);
        name.ifPresent(found -> call.memory()
                .write(WasiSubset.pointer(args[1]), FileRecords.root(found.getBytes(StandardCharsets.UTF_8).length)));
        return name.isPresent() ? Errno.SUCCESS : Errno.BADF;
    }

    static long rootName(HostCall call, KernelFrame frame, long[] args) {
        Optional<byte[]> name =
                frame.descriptors().rootName((int) args[0]).map(found -> found.getBytes(StandardCharsets.UTF_8));
        if (name.isEmpty()) {
            return Errno.BADF;
        }
        if (WasiSubset.pointer(args[2]) < name.get().length) {
            return Errno.NAMETOOLONG;
        }
        call.memory().write(WasiSubset.pointer(args[1]), name.get());
        return Errno.SUCCESS;
    }

    private interface Answer {
        long give();
    }

    private static long answering(Answer answer) {
        try {
            return answer.give();
        } catch (WasiFault fault) {
            return fault.errno();
        }
    }

    private static Pieces pieces(long[] args) {
        return new Pieces(WasiSubset.pointer(args[1]), WasiSubset.pointer(args[2]));
    }

    private static long close(HostCall call, KernelFrame frame, Descriptors.Open open, long[] args) {
        frame.descriptors().close((int) args[0]);
        return Errno.SUCCESS;
    }

    private static long renumber(HostCall call, KernelFrame frame, Descriptors.Open open, long[] args) {
        if (frame.descriptors().find((int) args[1]).isEmpty()) {
            return Errno.BADF;
        }
        frame.descriptors().renumber((int) args[0], (int) args[1]);
        return Errno.SUCCESS;
    }

    private static long setFlags(HostCall call, KernelFrame frame, Descriptors.Open open, long[] args) {
        open.append = (args[1] & APPEND) != 0;
        return Errno.SUCCESS;
    }

    private static long fileStatus(HostCall call, KernelFrame frame, Descriptors.Open open, long[] args) {
        return status(call, frame, open.path, args[1]);
    }

    private static long pathStatus(HostCall call, KernelFrame frame, Descriptors.Open open, long[] args) {
        GuestPath path = path(call, open, args[2], args[3]);
        FileEntry found = entry(call, frame, path.path());
        requireKind(path, found);
        call.memory().write(WasiSubset.pointer(args[4]), FileRecords.file(path.path(), found));
        return Errno.SUCCESS;
    }

    private static long status(HostCall call, KernelFrame frame, FilePath path, long to) {
        byte[] record = FileRecords.file(path, entry(call, frame, path));
        call.memory().write(WasiSubset.pointer(to), record);
        return Errno.SUCCESS;
    }

    private static FileEntry entry(HostCall call, KernelFrame frame, FilePath path) {
        return FileAccess.ask(call, frame, (session, timeout) -> session.find(path, timeout))
                .orElseThrow(() -> new WasiFault(Errno.NOENT));
    }

    private static long resize(HostCall call, KernelFrame frame, Descriptors.Open open, long[] args) {
        requireWritableFile(open);
        if (args[1] < 0) {
            return Errno.INVAL;
        }
        change(call, frame, open.path, new FileChange.Resize(args[1]));
        return Errno.SUCCESS;
    }

    private static void requireWritableFile(Descriptors.Open open) {
        if (open.directory) {
            throw new WasiFault(Errno.ISDIR);
        }
        if (!open.mayWrite) {
            throw new WasiFault(Errno.NOTCAPABLE);
        }
    }

    private static long readAt(HostCall call, KernelFrame frame, Descriptors.Open open, long[] args) {
        int moved = FileTransfer.read(call, frame, open, pieces(args), args[3]);
        WasiSubset.writeInt(call, args[4], moved);
        return Errno.SUCCESS;
    }

    private static long writeAt(HostCall call, KernelFrame frame, Descriptors.Open open, long[] args) {
        int moved = FileTransfer.write(call, frame, open, pieces(args), args[3]);
        WasiSubset.writeInt(call, args[4], moved);
        return Errno.SUCCESS;
    }

    private static long seek(HostCall call, KernelFrame frame, Descriptors.Open open, long[] args) {
        if (open.directory) {
            return Errno.ISDIR;
        }
        long from = switch ((int) args[2]) {
            case FROM_START -> 0;
            case FROM_HERE -> open.offset;
            case FROM_END -> entry(call, frame, open.path).size();
            default -> throw new WasiFault(Errno.INVAL);
        };
        long to = from + args[1];
        if (to < 0 || (args[1] > 0 && to < from)) {
            return Errno.INVAL;
        }
        open.offset = to;
        WasiSubset.writeLong(call, args[3], to);
        return Errno.SUCCESS;
    }

    private static long tell(HostCall call, KernelFrame frame, Descriptors.Open open, long[] args) {
        if (open.directory) {
            return Errno.ISDIR;
        }
        WasiSubset.writeLong(call, args[1], open.offset);
        return Errno.SUCCESS;
    }

    /** {@code path_open(fd, lookup, path, length, how, rights, inherited, flags, to)}. Looking up flags follow links: there are none. */
    private static long open(HostCall call, KernelFrame frame, Descriptors.Open from, long[] args) {
        GuestPath path = path(call, from, args[2], args[3]);
        int how = (int) args[4];
        boolean writes = (args[5] & WRITE) != 0;
        if (frame.descriptors().isFull()) {
            return Errno.MFILE;
        }
        if ((writes || (how & (CREATE | TRUNCATE)) != 0) && !frame.descriptors().isWritable(path.path())) {
            requireThere(call, frame, path, how);
            return Errno.ROFS;
        }
        boolean directory = opened(call, frame, path, how);
        if (directory && writes) {
            return Errno.ISDIR;
        }
        boolean reads = (args[5] & (directory ? READ | LIST : READ)) != 0;
        Descriptors.Open opened = new Descriptors.Open(path.path(), directory, reads || directory, writes);
        opened.append = (args[7] & APPEND) != 0;
        WasiSubset.writeInt(call, args[8], frame.descriptors().add(opened));
        return Errno.SUCCESS;
    }

    /** What is not there is told before that it could not be written. */
    private static void requireThere(HostCall call, KernelFrame frame, GuestPath path, int how) {
        if ((how & CREATE) == 0) {
            requireKind(path, entry(call, frame, path.path()));
        }
    }

    /** Makes or empties the file as asked. Whether it is a directory. */
    private static boolean opened(HostCall call, KernelFrame frame, GuestPath path, int how) {
        boolean wantsDirectory = (how & DIRECTORY) != 0 || path.isDirectory();
        if ((how & CREATE) != 0) {
            if (wantsDirectory) {
                throw new WasiFault(path.isDirectory() ? Errno.ISDIR : Errno.INVAL);
            }
            FileChange.Create.IfThere ifThere = (how & EXCLUSIVE) != 0
                    ? FileChange.Create.IfThere.REFUSE
                    : (how & TRUNCATE) != 0 ? FileChange.Create.IfThere.EMPTY : FileChange.Create.IfThere.KEEP;
            change(call, frame, path.path(), new FileChange.Create(ifThere));
            return false;
        }
        FileEntry found = entry(call, frame, path.path());
        if (wantsDirectory && !found.directory()) {
            throw new WasiFault(Errno.NOTDIR);
        }
        if ((how & TRUNCATE) != 0) {
            change(call, frame, path.path(), new FileChange.Resize(0));
        }
        return found.directory();
    }

    private static long list(HostCall call, KernelFrame frame, Descriptors.Open open, long[] args) {
        if (!open.directory) {
            return Errno.NOTDIR;
        }
        List<FileEntry> listing = frame.descriptors().listing(open, args[3] == 0, () -> listed(call, frame, open));
        long room = WasiSubset.pointer(args[2]);
        call.charge(FuelPrice.working(Math.min(room, FileRecords.LARGEST_ENTRY * (listing.size() + 2L))));
        byte[] entries = FileRecords.entries(open.path, listing, args[3], room);
        call.memory().write(WasiSubset.pointer(args[1]), entries);
        WasiSubset.writeInt(call, args[4], entries.length);
        return Errno.SUCCESS;
    }

    private static List<FileEntry> listed(HostCall call, KernelFrame frame, Descriptors.Open open) {
        List<FileEntry> found = FileAccess.ask(call, frame, (session, timeout) -> session.list(open.path, timeout));
        call.charge(FuelPrice.LOOKUP * found.size());
        return found;
    }

    private static long makeDirectory(HostCall call, KernelFrame frame, Descriptors.Open from, long[] args) {
        change(call, frame, path(call, from, args[1], args[2]).path(), new FileChange.MakeDirectory());
        return Errno.SUCCESS;
    }

    private static long removeDirectory(HostCall call, KernelFrame frame, Descriptors.Open from, long[] args) {
        change(call, frame, path(call, from, args[1], args[2]).path(), new FileChange.RemoveDirectory());
        return Errno.SUCCESS;
    }

    private static long removeFile(HostCall call, KernelFrame frame, Descriptors.Open from, long[] args) {
        GuestPath path = path(call, from, args[1], args[2]);
        if (path.isDirectory()) {
            return Errno.ISDIR;
        }
        change(call, frame, path.path(), new FileChange.RemoveFile());
        return Errno.SUCCESS;
    }

    private static long rename(HostCall call, KernelFrame frame, Descriptors.Open from, long[] args) {
        Optional<Descriptors.Open> into = frame.descriptors().find((int) args[3]);
        if (into.isEmpty()) {
            return Errno.BADF;
        }
        FilePath old = path(call, from, args[1], args[2]).path();
        FilePath now = path(call, into.get(), args[4], args[5]).path();
        if (old.root() != now.root()) {
            return Errno.XDEV;
        }
        change(call, frame, old, new FileChange.Rename(now));
        return Errno.SUCCESS;
    }

    /** No file is a link. */
    private static long readLink(HostCall call, KernelFrame frame, Descriptors.Open from, long[] args) {
        entry(call, frame, path(call, from, args[1], args[2]).path());
        return Errno.INVAL;
    }

    private static void change(HostCall call, KernelFrame frame, FilePath path, FileChange change) {
        if (!frame.descriptors().isWritable(path)) {
            throw new WasiFault(Errno.ROFS);
        }
        if (path.isRoot()) {
            throw new WasiFault(change instanceof FileChange.MakeDirectory ? Errno.EXIST : Errno.INVAL);
        }
        FileAccess.ask(call, frame, (session, timeout) -> session.change(path, change, timeout));
    }

    private static void requireKind(GuestPath path, FileEntry found) {
        if (path.isDirectory() && !found.directory()) {
            throw new WasiFault(Errno.NOTDIR);
        }
    }

    /** Reads a path of the guest; one that is longer than any may be is not read. */
    private static GuestPath path(HostCall call, Descriptors.Open from, long pointer, long length) {
        if (!from.directory) {
            throw new WasiFault(Errno.NOTDIR);
        }
        long bytes = WasiSubset.pointer(length);
        if (bytes > 4L * FilePath.LONGEST) {
            throw new WasiFault(Errno.NAMETOOLONG);
        }
        call.charge(FuelPrice.working(bytes));
        return GuestPath.read(from.path, call.memory().read(WasiSubset.pointer(pointer), bytes));
    }
}
