package org.storysign.plugins.platform;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.sandbox.FileChange;
import org.storysign.plugins.sandbox.FileEntry;

/**
 * Port: the virtual directory of each plugin of a tenant. Paths are those of {@link org.storysign.plugins.sandbox.FilePath}; the empty one is the
 * directory itself, which is always there. Files and directories count against the plugin's keys and bytes as stored values do, path
 * and content. Blocking. Fails with {@code FileRefused}, or {@code ProblemException} {@code database-unavailable}.
 */
public interface FileStore {

    /** Largest file. */
    MemorySize LARGEST = MemorySize.ofMiB(1);

    Optional<FileEntry> find(DataOwner plugin, String path, Duration timeout);

    /** What is in a directory, by name. */
    List<FileEntry> list(DataOwner plugin, String path, Duration timeout);

    byte[] read(DataOwner plugin, String path, FileRange range, Duration timeout);

    /** One change, wholly or not at all; changes of one plugin happen one after the other. The size of the file then. */
    long change(DataOwner plugin, String path, FileChange change, DataLimits limits, Duration timeout);

    /** From where and how many bytes at most. */
    record FileRange(long offset, int most) {}
}
