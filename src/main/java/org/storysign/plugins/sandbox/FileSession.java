package org.storysign.plugins.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The directories of one call and what is in them. Blocking; called inside {@link HostCall#waiting}. Fails with {@link FileRefused}; with
 * {@code ProblemException} when what keeps the files cannot or may not be asked.
 */
public interface FileSession {

    /** Without directories: nothing else of it is ever called. */
    FileSession EMPTY = new FileSession() {
        @Override
        public List<Root> roots() {
            return List.of();
        }

        @Override
        public Optional<FileEntry> find(FilePath path, Duration timeout) {
            return Optional.empty();
        }

        @Override
        public List<FileEntry> list(FilePath directory, Duration timeout) {
            throw new FileRefused(FileRefused.Fault.NOT_FOUND);
        }

        @Override
        public byte[] read(FilePath file, long offset, int most, Duration timeout) {
            throw new FileRefused(FileRefused.Fault.NOT_FOUND);
        }

        @Override
        public long change(FilePath path, FileChange change, Duration timeout) {
            throw new FileRefused(FileRefused.Fault.READ_ONLY);
        }
    };

    /**
     * A directory the guest finds.
     *
     * @param name as the guest names it, such as {@code /data}
     */
    record Root(String name, boolean writable) {}

    /** In an order that stays. */
    List<Root> roots();

    /** What is there; a root always is. */
    Optional<FileEntry> find(FilePath path, Duration timeout);

    /** What is in a directory, by name. */
    List<FileEntry> list(FilePath directory, Duration timeout);

    /** Bytes of a file from {@code offset} on, at most so many; none at its end. */
    byte[] read(FilePath file, long offset, int most, Duration timeout);

    /** Makes one change, wholly or not at all. The size of the file then; 0 for what is none. */
    long change(FilePath path, FileChange change, Duration timeout);
}
