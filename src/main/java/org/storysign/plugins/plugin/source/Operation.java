package org.storysign.plugins.plugin.source;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.manifest.Version;
import org.storysign.plugins.problem.ProblemException;

/**
 * An install that takes a while, as it is known now.
 *
 * @param source as people may read it
 * @param startedBy what the audit trail calls them
 * @param result present when it succeeded
 * @param problem present when it failed
 */
public record Operation(
        OperationId id,
        String source,
        String startedBy,
        State state,
        Progress progress,
        Optional<Result> result,
        Optional<ProblemException> problem,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> finishedAt) {

    public Operation {
        if ((state == State.SUCCEEDED) != result.isPresent()
                || (state == State.FAILED) != problem.isPresent()
                || (state.isEnd() != finishedAt.isPresent())) {
            throw new IllegalArgumentException("an operation ends in a result or a problem");
        }
    }

    /** Where it stands. */
    public enum State {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED;

        public boolean isEnd() {
            return this == SUCCEEDED || this == FAILED;
        }

        public String publicName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is being done. */
    public enum Phase {
        /** For its turn. */
        WAITING,
        /** The bytes are on their way. */
        FETCHING,
        /** They are checked and stored, as every package is. */
        INSTALLING,
        FINISHED;

        public String publicName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How far it is.
     *
     * @param bytesTotal empty as long as nobody knows
     * @param resolved the digest of the .zip or of the artifact's manifest
     */
    public record Progress(Phase phase, long bytesDone, OptionalLong bytesTotal, Optional<Digest> resolved) {

        static final Progress NOTHING = new Progress(Phase.WAITING, 0, OptionalLong.empty(), Optional.empty());
    }

    /**
     * What is there now.
     *
     * @param created false when the same content was there already
     */
    public record Result(PluginId plugin, Version version, Digest packageDigest, boolean created) {}
}
