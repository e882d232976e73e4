package org.storysign.plugins.storage.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Where the service keeps everything under {@code serve}: the database, its server's programs, generated secrets.
 *
 * @param root the directory itself
 * @param programs where the server's programs are unpacked; directories with the same programs may share it
 */
public record DataDirectory(Path root, Path programs) {

    public DataDirectory {
        root = root.toAbsolutePath().normalize();
        programs = programs.toAbsolutePath().normalize();
    }

    public static DataDirectory at(Path root) {
        return new DataDirectory(root, root.resolve("server"));
    }

    /** PostgreSQL's own data directory. */
    Path database() {
        return root.resolve("database");
    }

    /** Where a new database is prepared; renamed to {@link #database()} when it is complete. */
    Path databaseDraft() {
        return root.resolve("database.new");
    }

    Path password(String role) {
        return root.resolve(role + ".password");
    }

    public Path secretsKey() {
        return root.resolve("secrets.key");
    }

    public Path auditKey() {
        return root.resolve("audit.key");
    }

    public Path adminKey() {
        return root.resolve("admin-key");
    }

    /** Creates it, closed to everybody else, if it is not there. */
    public void create() {
        try {
            if (!Files.isDirectory(root)) {
                Files.createDirectories(
                        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The data directory " + root + " cannot be created: " + e + ".", e);
        }
    }

    /**
     * Takes the directory for this process. The lock ends with the process, however it ends.
     *
     * @throws EmbeddedDatabaseException when another process has it
     */
    FileChannel lock() {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    root.resolve("database.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) != null) {
                return channel;
            }
            channel.close();
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("The data directory " + root + " cannot be locked: " + e + ".", e);
        }
        throw new EmbeddedDatabaseException("Another process serves from the data directory " + root
                + " and holds its database. Stop it, or choose another directory with --data-dir.");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
