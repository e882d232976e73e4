package org.storysign.plugins.abi;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.sandbox.FileEntry;
import org.storysign.plugins.sandbox.FilePath;
import org.storysign.plugins.sandbox.FileSession;

/** What a call has open beside the standard streams: from 3 on, first the directories it finds. Used by the guest's thread. */
final class Descriptors {

    /** Most that are open at once. */
    static final int MOST = 64;

    private static final int FIRST = StandardStreams.ERROR + 1;

    private final FileSession session;
    private final TreeMap<Integer, Open> open = new TreeMap<>();
    private @Nullable Open listed;
    private List<FileEntry> listing = List.of();

    Descriptors(FileSession session) {
        this.session = session;
        for (int root = 0; root < session.roots().size(); root++) {
            open.put(
                    FIRST + root,
                    new Open(
                            new FilePath(root, ""),
                            true,
                            true,
                            session.roots().get(root).writable()));
        }
    }

    /** Something open. Paths, not files: after a rename they lead to what is there then. */
    static final class Open {
        final FilePath path;
        final boolean directory;
        final boolean mayRead;
        final boolean mayWrite;
        boolean append;
        long offset;

        Open(FilePath path, boolean directory, boolean mayRead, boolean mayWrite) {
            this.path = path;
            this.directory = directory;
            this.mayRead = mayRead;
            this.mayWrite = mayWrite;
        }
    }

    FileSession session() {
        return session;
    }

    Optional<Open> find(int descriptor) {
        return Optional.ofNullable(open.get(descriptor));
    }

    /** The name of the directory that a descriptor is from the beginning; empty for others. */
    Optional<String> rootName(int descriptor) {
        return find(descriptor)
                .filter(found -> found.directory
                        && found.path.isRoot()
                        && descriptor < FIRST + session.roots().size())
                .map(found -> session.roots().get(found.path.root()).name());
    }

    boolean isWritable(FilePath path) {
        return session.roots().get(path.root()).writable();
    }

    /**
     * What {@code fd_readdir} goes through, as it was when that began. One directory's at a time: a listing lies in the host's memory, where no
     * budget counts it, so whoever goes back and forth between directories reads them anew.
     *
     * @param fresh reads it
     */
    List<FileEntry> listing(Open directory, boolean fromTheBeginning, Supplier<List<FileEntry>> fresh) {
        if (fromTheBeginning || listed != directory) {
            listing = List.of();
            listing = fresh.get();
            listed = directory;
        }
        return listing;
    }

    boolean isFull() {
        return open.size() >= MOST;
    }

    /** The lowest number that is free, from now on its. */
    int add(Open opened) {
        int number = FIRST;
        while (open.containsKey(number)) {
            number++;
        }
        open.put(number, opened);
        return number;
    }

    void close(int descriptor) {
        open.remove(descriptor);
    }

    /** What was one number is another, in the place of what that was. */
    void renumber(int from, int to) {
        Optional.ofNullable(open.remove(from)).ifPresent(moved -> open.put(to, moved));
    }
}
