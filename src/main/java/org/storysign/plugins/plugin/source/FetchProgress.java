package org.storysign.plugins.plugin.source;

import java.util.Optional;
import java.util.OptionalLong;
import org.storysign.plugins.identity.Digest;

/** How far an operation has come: told by the thread at work, read by the one that writes it down. Safe for concurrent use. */
final class FetchProgress {

    private volatile Operation.Progress now = Operation.Progress.NOTHING;

    Operation.Progress now() {
        return now;
    }

    void enter(Operation.Phase phase) {
        now = new Operation.Progress(phase, now.bytesDone(), now.bytesTotal(), now.resolved());
    }

    /** How many bytes there will be. */
    void expect(long bytes) {
        now = new Operation.Progress(now.phase(), now.bytesDone(), OptionalLong.of(bytes), now.resolved());
    }

    /** How many bytes there are. */
    void arrived(long bytes) {
        now = new Operation.Progress(now.phase(), bytes, now.bytesTotal(), now.resolved());
    }

    /** What the source turned out to be. */
    void resolved(Digest digest) {
        now = new Operation.Progress(now.phase(), now.bytesDone(), now.bytesTotal(), Optional.of(digest));
    }
}
