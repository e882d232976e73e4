package org.storysign.plugins.worker;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.storysign.plugins.abi.UserFunction;
import org.storysign.plugins.sandbox.CallRequest;
import org.storysign.plugins.sandbox.FileEntry;
import org.storysign.plugins.sandbox.FileRefused;
import org.storysign.plugins.sandbox.FileSession;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/**
 * Answers what a worker asks on behalf of one call, as the guest that the service knows: by the functions and files of its
 * request and by nothing else. Used by the thread that makes the call.
 */
final class HostSide {

    private static final System.Logger LOG = System.getLogger(HostSide.class.getName());

    private final CallRequest request;
    private final FileSession files;
    private final RemoteCall call;
    private int hostCalls;

    HostSide(CallRequest request, FileSession files) {
        this.request = request;
        this.files = files;
        this.call = new RemoteCall(request);
    }

    int hostCalls() {
        return hostCalls;
    }

    Duration waitTime() {
        return call.waited();
    }

    /** Throws {@link BrokenPipeException} when no guest could ask that. */
    Answer hostCall(DataInputStream in) throws IOException {
        if (hostCalls == request.limits().hostCalls()) {
            throw new BrokenPipeException("more host calls than the guest may make");
        }
        hostCalls++;
        UserFunction function = function(Fields.text(in));
        byte[] input = Fields.bytes(in);
        return answered(() -> function.block().call(call, input));
    }

    private UserFunction function(String name) throws BrokenPipeException {
        for (HostFunction offered : request.functions()) {
            if (offered instanceof UserFunction function && function.name().equals(name)) {
                return function;
            }
        }
        throw new BrokenPipeException("a function that was not offered");
    }

    /** Throws {@link BrokenPipeException} when no guest could ask that. */
    Answer files(DataInputStream in) throws IOException {
        FileQuestion question = FileQuestion.read(
                in, files.roots().size(), request.limits().memory().bytes());
        return answered(() -> call.waiting(() -> asked(question)));
    }

    private byte[] asked(FileQuestion question) throws IOException {
        Duration left = call.waitTimeLeft();
        return switch (question) {
            case FileQuestion.Find find -> {
                Optional<FileEntry> found = files.find(find.path(), left);
                yield written(out -> {
                    out.writeBoolean(found.isPresent());
                    if (found.isPresent()) {
                        FileQuestion.write(found.get(), out);
                    }
                });
            }
            case FileQuestion.Listing listing -> {
                List<FileEntry> entries = files.list(listing.path(), left);
                yield written(out -> Fields.write(entries, out, entry -> FileQuestion.write(entry, out)));
            }
            case FileQuestion.Read read -> {
                byte[] bytes = files.read(read.path(), read.offset(), read.most(), left);
                yield written(out -> Fields.write(bytes, out));
            }
        };
    }

    private static byte[] written(Pipe.Payload payload) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            payload.writeTo(out);
        }
        return bytes.toByteArray();
    }

    /** What answers. */
    private interface Work {
        byte[] answer() throws Exception;
    }

    /** Whatever fails here stops the guest with an engine fault, as in this process. */
    private Answer answered(Work work) {
        try {
            return new Answer.Done(work.answer());
        } catch (TrapException stopped) {
            return new Answer.Stopped(stopped.trap());
        } catch (FileRefused refused) {
            return new Answer.Refused(refused.fault());
        } catch (Exception fault) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "host function failed plugin=" + request.context().plugin() + " export=" + request.export()
                            + " invocation_id=" + request.context().invocation(),
                    fault);
            return new Answer.Failed();
        }
    }

    /** Whether the call was stopped because its waits were too long. */
    static Trap waitedTooLong(CallRequest request) {
        return new Trap.WaitTimeExceeded(request.limits().waitTime());
    }
}
