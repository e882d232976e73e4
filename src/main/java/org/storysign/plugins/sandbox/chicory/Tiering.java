package org.storysign.plugins.sandbox.chicory;

/** When a {@link ChicoryEngine} uses which of its two ways to run code. */
public enum Tiering {
    /** Interprets at once and compiles in the background: what a service wants. */
    BACKGROUND,
    /** Only interprets. */
    INTERPRETED,
    /** Compiles before {@code compile} returns. */
    COMPILED
}
