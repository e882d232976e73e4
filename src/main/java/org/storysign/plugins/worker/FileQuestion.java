package org.storysign.plugins.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.storysign.plugins.sandbox.FileEntry;
import org.storysign.plugins.sandbox.FilePath;

/** What a worker asks of the plugin's files. Nothing can be changed: no plugin of this level may write. */
sealed interface FileQuestion {

    FilePath path();

    record Find(FilePath path) implements FileQuestion {}

    record Listing(FilePath path) implements FileQuestion {}

    record Read(FilePath path, long offset, int most) implements FileQuestion {}

    /** Which question. The order is the wire's. */
    enum Tag {
        FIND,
        LISTING,
        READ;

        private static final Tag[] ALL = values();
    }

    default void writeTo(DataOutputStream out) throws IOException {
        Tag tag = switch (this) {
            case Find find -> Tag.FIND;
            case Listing listing -> Tag.LISTING;
            case Read read -> Tag.READ;
        };
        out.writeByte(tag.ordinal());
        out.writeInt(path().root());
        Fields.write(path().path(), out);
        if (this instanceof Read read) {
            out.writeLong(read.offset());
            out.writeInt(read.most());
        }
    }

    /** At most {@code mostRoots} roots and {@code mostBytes} bytes are asked for. */
    static FileQuestion read(DataInputStream in, int mostRoots, long mostBytes) throws IOException {
        Tag tag = Fields.constant(in, Tag.ALL);
        FilePath path = path(in, mostRoots);
        return switch (tag) {
            case FIND -> new Find(path);
            case LISTING -> new Listing(path);
            case READ -> {
                long offset = Fields.number(in);
                int most = in.readInt();
                if (most < 0 || most > mostBytes) {
                    throw new BrokenPipeException("asks for " + most + " bytes of a file");
                }
                yield new Read(path, offset, most);
            }
        };
    }

    private static FilePath path(DataInputStream in, int mostRoots) throws IOException {
        int root = in.readInt();
        if (root < 0 || root >= mostRoots) {
            throw new BrokenPipeException("asks for the directory " + root);
        }
        try {
            return new FilePath(root, Fields.text(in));
        } catch (IllegalArgumentException notCanonical) {
            throw new BrokenPipeException("asks for a path that is not canonical");
        }
    }

    static void write(FileEntry entry, DataOutputStream out) throws IOException {
        Fields.write(entry.name(), out);
        out.writeBoolean(entry.directory());
        out.writeLong(entry.size());
        out.writeLong(entry.modified().toEpochMilli());
    }

    static FileEntry entry(DataInputStream in) throws IOException {
        return new FileEntry(Fields.text(in), in.readBoolean(), in.readLong(), Instant.ofEpochMilli(in.readLong()));
    }
}
