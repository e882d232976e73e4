package org.storysign.plugins.sandbox;

/** Who runs a module's code. */
public enum ExecutionMode {
    INTERPRETED,
    COMPILED
}
