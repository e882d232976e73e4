package org.storysign.plugins.worker;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.abi.UserFunctions;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.sandbox.FileChange;
import org.storysign.plugins.sandbox.FileEntry;
import org.storysign.plugins.sandbox.FilePath;
import org.storysign.plugins.sandbox.FileRefused;
import org.storysign.plugins.sandbox.FileSession;
import org.storysign.plugins.sandbox.HostCall;
import org.storysign.plugins.sandbox.HostFunction;

/** What stands in a worker for the platform and the plugin's files: each question goes over the pipe. Used by the guest's thread. */
final class GuestSide {

    private final Pipe pipe;
    private final Limits limits;
    private final List<FileSession.Root> roots;

    GuestSide(Pipe pipe, CallOrder order) {
        this.pipe = pipe;
        this.limits = order.limits();
        this.roots = order.roots();
    }

    /** A function of the platform. All of its time is wait time here. */
    HostFunction function(String name) {
        return UserFunctions.of(name, (call, input) -> askPlatform(call, name, input));
    }

    private byte[] askPlatform(HostCall call, String name, byte[] input) {
        try {
            return call.waiting(() -> ask(Frame.Kind.HOST_CALL, out -> {
                Fields.write(name, out);
                Fields.write(input, out);
            }));
        } catch (RuntimeException stopped) {
            throw stopped;
        } catch (Exception fault) {
            throw new IllegalStateException("the pipe failed with a checked exception", fault);
        }
    }

    private byte[] ask(Frame.Kind kind, Pipe.Payload question) {
        try {
            pipe.send(kind, question);
            Frame answer = pipe.receive(Integer.MAX_VALUE);
            return Answer.read(answer.fields(), limits);
        } catch (IOException serviceIsGone) {
            throw new UncheckedIOException(serviceIsGone);
        }
    }

    FileSession files() {
        return roots.isEmpty() ? FileSession.EMPTY : new Files();
    }

    /** Reads what {@link HostSide} writes. */
    private interface FileReader<T> {
        T read(DataInputStream in) throws IOException;
    }

    /** The plugin's files, asked over the pipe; the service knows how long an answer may take. */
    private final class Files implements FileSession {

        @Override
        public List<Root> roots() {
            return roots;
        }

        @Override
        public Optional<FileEntry> find(FilePath path, Duration timeout) {
            return answered(
                    new FileQuestion.Find(path),
                    in -> in.readBoolean() ? Optional.of(FileQuestion.entry(in)) : Optional.empty());
        }

        @Override
        public List<FileEntry> list(FilePath directory, Duration timeout) {
            return answered(
                    new FileQuestion.Listing(directory),
                    in -> Fields.list(in, Integer.MAX_VALUE, () -> FileQuestion.entry(in)));
        }

        @Override
        public byte[] read(FilePath file, long offset, int most, Duration timeout) {
            return answered(new FileQuestion.Read(file, offset, most), Fields::bytes);
        }

        @Override
        public long change(FilePath path, FileChange change, Duration timeout) {
            throw new FileRefused(FileRefused.Fault.READ_ONLY);
        }

        private <T> T answered(FileQuestion question, FileReader<T> reader) {
            byte[] answer = ask(Frame.Kind.FILES, question::writeTo);
            try {
                return reader.read(new DataInputStream(new ByteArrayInputStream(answer)));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
