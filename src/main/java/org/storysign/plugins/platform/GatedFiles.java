package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.storysign.plugins.identity.CallContext;
import org.storysign.plugins.permission.PermissionName;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
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

    private static final String FUNCTION = "files";

    private final FileStore store;
    private final PackageTree content;
    private final PlatformTerms terms;
    private final Turnstile turnstile;
    private final GateListener listener;

    GatedFiles(
            FileStore store,
            Map<String, byte[]> content,
            PlatformTerms terms,
            Turnstile turnstile,
            GateListener listener) {
        this.store = store;
        this.content = new PackageTree(content);
        this.terms = terms;
        this.turnstile = turnstile;
        this.listener = listener;
    }

    @Override
    public FileSession open(CallContext context) {
        List<FileSession.Root> roots = new ArrayList<>();
        if (terms.grants().allows(PermissionName.FILESYSTEM_READ)) {
            roots.add(new FileSession.Root("/package", false));
        }
        if (terms.grants().allows(PermissionName.FILESYSTEM_WRITE)) {
            roots.add(new FileSession.Root("/data", !context.dryRun()));
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
            return roots.get(path.root()).name().equals("/package");
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
            return gated(timeout, left -> store.change(owner, path.path(), change, terms.data(), left));
        }

        private <T> T gated(Duration timeout, Question<T> question) {
            long begun = System.nanoTime();
            Optional<ProblemCode> refused = Optional.empty();
            try {
                return counted(begun + least(timeout).toNanos(), question);
            } catch (ProblemException refusal) {
                refused = Optional.of(refusal.code());
                throw refusal;
            } finally {
                listener.answered(new GateAnswer(
                        terms.tenant(),
                        terms.plugin(),
                        PlatformService.FILES,
                        FUNCTION,
                        refused,
                        Duration.ofNanos(System.nanoTime() - begun)));
            }
        }

        private <T> T counted(long end, Question<T> question) {
            turnstile.countInCall(PlatformService.FILES, ++asked);
            turnstile.countInDay(terms, PlatformService.FILES, day -> day.ask(until(end)));
            Callable<T> work = () -> question.ask(until(end));
            try {
                return turnstile.pass(PlatformService.FILES, until(end), work);
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception fault) {
                throw new IllegalStateException("FileStore failed with a checked exception", fault);
            }
        }

        private Duration least(Duration timeout) {
            Duration longest = turnstile.longestWait(PlatformService.FILES);
            return timeout.compareTo(longest) <= 0 ? timeout : longest;
        }
    }

    private interface Question<T> {
        T ask(Duration timeout);
    }

    private static Duration until(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }
}
