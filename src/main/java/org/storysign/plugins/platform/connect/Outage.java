package org.storysign.plugins.platform.connect;

import org.storysign.plugins.problem.ProblemException;

/** A request that the service did not serve. */
final class Outage extends Exception {

    private static final long serialVersionUID = 1;

    private final transient ProblemException problem;
    private final boolean repeatable;
    private final boolean serious;

    /**
     * @param problem what the guest is told
     * @param repeatable whether the same may be asked again, and there is time to
     * @param serious whether it says something about the service, rather than about how little time it was given
     */
    Outage(ProblemException problem, boolean repeatable, boolean serious) {
        super(problem.getMessage(), null, false, false);
        this.problem = problem;
        this.repeatable = repeatable;
        this.serious = serious;
    }

    ProblemException problem() {
        return problem;
    }

    static boolean isRepeatable(Throwable thrown) {
        return thrown instanceof Outage outage && outage.repeatable;
    }

    static boolean isSerious(Throwable thrown) {
        return thrown instanceof Outage outage && outage.serious;
    }
}
