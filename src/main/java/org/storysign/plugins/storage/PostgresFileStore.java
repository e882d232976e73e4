package org.storysign.plugins.storage;

import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.limits.DataLimits;
import org.storysign.plugins.platform.DataOwner;
import org.storysign.plugins.platform.FileStore;
import org.storysign.plugins.sandbox.FileChange;
import org.storysign.plugins.sandbox.FileEntry;
import org.storysign.plugins.sandbox.FileRefused;
import org.storysign.plugins.sandbox.FileRefused.Fault;

/** Plugins' virtual directories in PostgreSQL: each operation is one function of the database, and one transaction. */
@Singleton
public final class PostgresFileStore implements FileStore {

    private final FunctionCalls database;

    @Inject
    PostgresFileStore(FunctionCalls database) {
        this.database = database;
    }

    @Override
    public Optional<FileEntry> find(DataOwner plugin, String path, Duration timeout) {
        return database
                .ask("SELECT name, directory, size, modified_at FROM file_find($1, $2, $3)", of(plugin, path), timeout)
                .stream()
                .findFirst()
                .map(PostgresFileStore::entry);
    }

    @Override
    public List<FileEntry> list(DataOwner plugin, String path, Duration timeout) {
        List<Row> rows = database.ask(
                "SELECT name, directory, size, modified_at FROM file_list($1, $2, $3)", of(plugin, path), timeout);
        if (rows.isEmpty()) {
            throw new FileRefused(Fault.NOT_FOUND);
        }
        if (!rows.getFirst().getBoolean("directory")) {
            throw new FileRefused(Fault.NOT_DIRECTORY);
        }
        return rows.stream().skip(1).map(PostgresFileStore::entry).toList();
    }

    @Override
    public byte[] read(DataOwner plugin, String path, FileRange range, Duration timeout) {
        Row row = database
                .ask(
                        "SELECT directory, content FROM file_read($1, $2, $3, $4, $5)",
                        of(plugin, path).addLong(range.offset()).addInteger(range.most()),
                        timeout)
                .stream()
                .findFirst()
                .orElseThrow(() -> new FileRefused(path.isEmpty() ? Fault.IS_DIRECTORY : Fault.NOT_FOUND));
        if (row.getBoolean("directory")) {
            throw new FileRefused(Fault.IS_DIRECTORY);
        }
        return row.getBuffer("content").getBytes();
    }

    @Override
    public long change(DataOwner plugin, String path, FileChange change, DataLimits limits, Duration timeout) {
        Requests requests = new Requests(plugin, path, limits, timeout);
        return switch (change) {
            case FileChange.Create(FileChange.Create.IfThere ifThere) ->
                requests.write("create", ifThere.ordinal(), new byte[0]);
            case FileChange.Write(long offset, byte[] bytes) -> requests.write("write", offset, bytes);
            case FileChange.Append(byte[] bytes) -> requests.write("append", 0, bytes);
            case FileChange.Resize(long size) -> requests.write("resize", size, new byte[0]);
            case FileChange.MakeDirectory _ -> requests.write("make-directory", 0, new byte[0]);
            case FileChange.RemoveDirectory _ -> requests.named("SELECT file_remove($1, $2, $3, $4)", "directory");
            case FileChange.RemoveFile _ -> requests.named("SELECT file_remove($1, $2, $3, $4)", "file");
            case FileChange.Rename(var to) -> requests.named("SELECT file_rename($1, $2, $3, $4)", to.path());
        };
    }

    /** Changes of one path. */
    private final class Requests {

        private final DataOwner plugin;
        private final String path;
        private final DataLimits limits;
        private final Duration timeout;

        Requests(DataOwner plugin, String path, DataLimits limits, Duration timeout) {
            this.plugin = plugin;
            this.path = path;
            this.limits = limits;
            this.timeout = timeout;
        }

        long write(String what, long place, byte[] bytes) {
            Tuple arguments = of(plugin, path)
                    .addString(what)
                    .addLong(place)
                    .addBuffer(Buffer.buffer(bytes))
                    .addLong(LARGEST.bytes())
                    .addLong((long) limits.keys())
                    .addLong(limits.bytes().bytes());
            Row row = database.ask(
                            "SELECT outcome, size FROM file_write($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                            arguments,
                            timeout)
                    .getFirst();
            require(row.getString("outcome"));
            return row.getLong("size");
        }

        long named(String statement, String argument) {
            require(database.ask(statement, of(plugin, path).addString(argument), timeout)
                    .getFirst()
                    .getString(0));
            return 0;
        }
    }

    private static void require(String outcome) {
        switch (outcome) {
            case "done" -> {}
            case "missing" -> throw new FileRefused(Fault.NOT_FOUND);
            case "exists" -> throw new FileRefused(Fault.EXISTS);
            case "directory" -> throw new FileRefused(Fault.IS_DIRECTORY);
            case "not-directory" -> throw new FileRefused(Fault.NOT_DIRECTORY);
            case "not-empty" -> throw new FileRefused(Fault.NOT_EMPTY);
            case "large" -> throw new FileRefused(Fault.TOO_LARGE);
            case "quota" -> throw new FileRefused(Fault.QUOTA);
            case "invalid" -> throw new FileRefused(Fault.INVALID);
            default -> throw new IllegalStateException("the database answered " + outcome);
        }
    }

    private static FileEntry entry(Row row) {
        return new FileEntry(
                row.getString("name"),
                row.getBoolean("directory"),
                row.getLong("size"),
                row.getOffsetDateTime("modified_at").toInstant());
    }

    private static Tuple of(DataOwner plugin, String path) {
        return Tuple.of(plugin.tenant().value(), plugin.plugin().value(), path);
    }
}
