package org.storysign.plugins.worker;

/** What a worker must be shut in with before it is given anything of a plugin. */
public enum ConfinementDemand {
    /** All that the system offers. */
    BEST,
    /** A filter of system calls; a worker that cannot have one makes no calls. */
    REQUIRED,
    /** Nothing: to find out whether the confinement is what troubles. */
    OFF
}
