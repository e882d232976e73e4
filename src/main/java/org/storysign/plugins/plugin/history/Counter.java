package org.storysign.plugins.plugin.history;

import java.util.Locale;

/**
 * What is counted of a plugin.
 *
 * @param name a problem's code or a platform function's name; empty for the other kinds
 */
public record Counter(Kind kind, String name) {

    /** What kinds there are. */
    public enum Kind {
        CALLS,
        /** By the problem's code. */
        FAILED,
        /** Cost units. */
        FUEL,
        /** Microseconds. */
        RUN_TIME,
        /** Microseconds. */
        WAIT_TIME,
        HOST_CALLS,
        /** Calls of the platform, by function. */
        FUNCTION,
        /** Those that were denied, by function. */
        DENIED,
        /** Failures of which only the figures are kept. */
        FAILURES_LEFT_OUT,
        LINES,
        LINES_LEFT_OUT;

        public String publicName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Counter of(Kind kind) {
        return new Counter(kind, "");
    }
}
