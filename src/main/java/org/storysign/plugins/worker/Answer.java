package org.storysign.plugins.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.storysign.plugins.limits.Limits;
import org.storysign.plugins.sandbox.FileRefused;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/** What the service answers a worker's question. */
sealed interface Answer {

    /** It was done: what came of it. */
    record Done(byte[] bytes) implements Answer {}

    /** The guest is to be stopped. */
    record Stopped(Trap trap) implements Answer {}

    /** Files cannot be asked that; the guest is told. */
    record Refused(FileRefused.Fault fault) implements Answer {}

    /** Something of ours failed; it is logged where it did. */
    record Failed() implements Answer {}

    /** Which answer. The order is the wire's. */
    enum Tag {
        DONE,
        STOPPED,
        REFUSED,
        FAILED;

        private static final Tag[] ALL = values();
    }

    default void writeTo(DataOutputStream out) throws IOException {
        switch (this) {
            case Done done -> {
                out.writeByte(Tag.DONE.ordinal());
                Fields.write(done.bytes(), out);
            }
            case Stopped stopped -> {
                out.writeByte(Tag.STOPPED.ordinal());
                TrapCodec.write(stopped.trap(), out);
            }
            case Refused refused -> {
                out.writeByte(Tag.REFUSED.ordinal());
                out.writeByte(refused.fault().ordinal());
            }
            case Failed failed -> out.writeByte(Tag.FAILED.ordinal());
        }
    }

    /**
     * The bytes of {@link Done}; throws what the others say: {@link TrapException}, {@link FileRefused} or
     * {@link IllegalStateException}.
     */
    static byte[] read(DataInputStream in, Limits limits) throws IOException {
        return switch (Fields.constant(in, Tag.ALL)) {
            case DONE -> Fields.bytes(in);
            case STOPPED -> throw new TrapException(TrapCodec.read(in, limits));
            case REFUSED -> throw new FileRefused(Fields.constant(in, FileRefused.Fault.values()));
            case FAILED -> throw new IllegalStateException("the service could not answer");
        };
    }
}
