package org.storysign.plugins.sandbox;

/** A line the guest logged: level, and text with control characters escaped. */
public record LogLine(Level level, String text) {

    /** Extism's levels, in its order. */
    public enum Level {
        TRACE,
        DEBUG,
        INFO,
        WARN,
        ERROR
    }
}
