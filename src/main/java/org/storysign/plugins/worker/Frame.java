package org.storysign.plugins.worker;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;

/**
 * What goes over the pipe at a time: on the wire its length in bytes as an int (kind included), the kind as a byte, the payload.
 * The bytes are not copied: who makes one gives them away.
 */
record Frame(Kind kind, byte[] payload) {

    /** What a frame says; the service's first, then the worker's. */
    enum Kind {
        /** A module to be made ready. */
        LOAD,
        /** A call to be made. */
        CALL,
        /** What a question is answered. */
        ANSWER,

        /** The module can be called. */
        READY,
        /** The module cannot be called. */
        REFUSED,
        /** A function of the platform is asked. */
        HOST_CALL,
        /** The plugin's files are asked. */
        FILES,
        /** The call is over. */
        RESULT
    }

    private static final Kind[] KINDS = Kind.values();

    static Kind kind(int number) throws BrokenPipeException {
        if (number < 0 || number >= KINDS.length) {
            throw new BrokenPipeException("a frame of no kind");
        }
        return KINDS[number];
    }

    DataInputStream fields() {
        return new DataInputStream(new ByteArrayInputStream(payload));
    }
}
