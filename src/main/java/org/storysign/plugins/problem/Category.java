package org.storysign.plugins.problem;

/** Whose doing a problem is, and so who can mend it. */
public enum Category {
    /** The request: the client changes it. */
    CALLER,
    /** The plugin's code or package: its author changes it. */
    PLUGIN,
    /** Too much at once: the client tries again later. */
    CAPACITY,
    /** This service or something it depends on: the operator looks. */
    INTERNAL
}
