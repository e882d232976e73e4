package org.storysign.plugins.worker;

import java.io.IOException;

/** What came over the pipe is not what the other side would have sent. Nothing more is read from it. */
final class BrokenPipeException extends IOException {

    private static final long serialVersionUID = 1;

    BrokenPipeException(String what) {
        super(what);
    }
}
