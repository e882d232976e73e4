package org.storysign.plugins.rest.administration;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.security.SignedCheckpoint;

/**
 * Checkpoints that were kept.
 *
 * @param checkpoints as GET /audit/checkpoint answered them, at most 100
 */
public record CheckpointsForm(List<CheckpointView> checkpoints) {

    static final Set<String> MEMBERS = Set.of("checkpoints");

    private static final int MOST = 100;

    static Optional<List<SignedCheckpoint>> read(JsonFields fields) {
        return Optional.of(fields.objects("checkpoints", MOST, SignedCheckpoint.MEMBERS, SignedCheckpoint::read));
    }
}
