package org.storysign.plugins.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** One side's end of the pipe. Used by one thread at a time. */
final class Pipe {

    private final DataInputStream in;
    private final DataOutputStream out;

    Pipe(InputStream in, OutputStream out) {
        this.in = new DataInputStream(new BufferedInputStream(in));
        this.out = new DataOutputStream(new BufferedOutputStream(out));
    }

    /** Writes what a frame carries. */
    @FunctionalInterface
    interface Payload {
        void writeTo(DataOutputStream fields) throws IOException;
    }

    void send(Frame.Kind kind, Payload payload) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream fields = new DataOutputStream(bytes)) {
            payload.writeTo(fields);
        }
        out.writeInt(bytes.size() + 1);
        out.writeByte(kind.ordinal());
        bytes.writeTo(out);
        out.flush();
    }

    /** Waits for the next frame. Throws {@link IOException} when there is none any more, or one of more than {@code most} bytes. */
    Frame receive(long most) throws IOException {
        int length = in.readInt();
        if (length < 1 || length > most) {
            throw new BrokenPipeException("a frame of " + length + " bytes");
        }
        Frame.Kind kind = Frame.kind(in.readByte());
        byte[] payload = new byte[length - 1];
        in.readFully(payload);
        return new Frame(kind, payload);
    }
}
