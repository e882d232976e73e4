package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.sandbox.FileChange;
import org.storysign.plugins.sandbox.FileEntry;
import org.storysign.plugins.sandbox.FilePath;
import org.storysign.plugins.sandbox.FileRefused;
import org.storysign.plugins.sandbox.FileSession;
import org.storysign.plugins.sandbox.GuestFiles;

/**
 * A plugin's files through the gate: {@code /package}, its package's, for {@code filesystem:read}; {@code /data}, its own directory, for
 * {@code filesystem:write}. What is asked of the second is counted, kept within its bulkhead and deadline, and reported as every other
 * function of the platform. In a dry run nothing is written.
 */
final class GatedFiles implements GuestFiles {

    static final String FUNCTION = "files";

    private static final String PACKAGE = "/package";
    private static final String DATA = "/data";

    private final FileStore store;
    private final PackageTree content;
    private final Passage passage;

    GatedFiles(FileStore store, Map<String, byte[]> content, Passage passage) {
        this.store = store;
        this.content = new PackageTree(content);
        this.passage = passage;
    }

    @Override
    public FileSession open(CallContext context) {
        List<FileSession.Root> roots = new ArrayList<>();
        if (passage.terms().grants().allows(PermissionName.FILESYSTEM_READ)) {
            roots.add(new FileSession.Root(PACKAGE, false));
        }
        if (passage.terms().grants().allows(PermissionName.FILESYSTEM_WRITE)) {
            roots.add(new FileSession.Root(DATA, !context.dryRun()));
        }
        DataOwner owner = new DataOwner(context.tenant(), context.plugin(), Optional.empty());
        return roots.isEmpty() ? FileSession.EMPTY : new Directories(List.copyOf(roots), owner);
    }

    /** The files of one call; used by its thread. */
    private final class Directories implements FileSession {

        private final List<Root> roots;
        private final DataOwner owner;
        private int asked;

        Directories(List<Root> roots, DataOwner owner) {
            this.roots = roots;
            this.owner = owner;
        }

        @Override
        public List<Root> roots() {
            return roots;
        }

        private boolean isOfPackage(FilePath path) {
            return roots.get(path.root()).name().equals(PACKAGE);
        }

        @Override
        public Optional<FileEntry> find(FilePath path, Duration timeout) {
            return isOfPackage(path)
                    ? content.find(path.path())
                    : gated(timeout, left -> store.find(owner, path.path(), left));
        }

        @Override
        public List<FileEntry> list(FilePath directory, Duration timeout) {
            return isOfPackage(directory)
                    ? content.list(directory.path())
                    : gated(timeout, left -> store.list(owner, directory.path(), left));
        }

        @Override
        public byte[] read(FilePath file, long offset, int most, Duration timeout) {
            return isOfPackage(file)
                    ? content.read(file.path(), offset, most)
                    : gated(
                            timeout,
                            left -> store.read(owner, file.path(), new FileStore.FileRange(offset, most), left));
        }

        @Override
        public long change(FilePath path, FileChange change, Duration timeout) {
            if (!roots.get(path.root()).writable()) {
                throw new FileRefused(FileRefused.Fault.READ_ONLY);
            }
            return gated(
                    timeout,
                    left -> store.change(
                            owner, path.path(), change, passage.terms().data(), left));
        }

        private <T> T gated(Duration timeout, Passage.Question<T> question) {
            asked++;
            return passage.told(() -> {
                passage.countInCall(asked);
                return passage.pass(timeout, question);
            });
        }
    }
}
