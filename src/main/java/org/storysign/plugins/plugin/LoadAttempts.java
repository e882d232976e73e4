package org.storysign.plugins.plugin;

import io.smallrye.mutiny.Uni;
import java.util.UUID;
import org.storysign.plugins.identity.Digest;
import org.storysign.plugins.identity.TenantId;

/**
 * Port: which processes load which modules, written before they begin, so that a module which kills whoever loads it is known by the notes
 * that nobody takes away. Fails with {@code ProblemException} {@code database-unavailable}.
 */
public interface LoadAttempts {

    /** Which process loads which module of which tenant. */
    record Attempt(TenantId tenant, Digest module, UUID process) {}

    /**
     * Notes that the attempt begins, unless {@code terms.mostDeaths} processes died at this module.
     *
     * @return how many died: those whose notes were not renewed for {@code terms.deadAfter}, and not longer ago than {@code
     *     terms.forgottenAfter}
     */
    Uni<Integer> begin(Attempt attempt, LoadTerms terms);

    /** The process lives. */
    Uni<Void> renew(Attempt attempt);

    /** The module is loaded and its code compiled: takes away the attempt's note and those of the dead, who died of something else. */
    Uni<Void> end(Attempt attempt, LoadTerms terms);

    /** The attempt failed, or the process stops: takes away its note alone. */
    Uni<Void> giveUp(Attempt attempt);

    /** Nobody has died at the module any more: an operator wants it tried again. */
    Uni<Void> forget(TenantId tenant, Digest module);
}
