package org.storysign.plugins.conformance;

/** Whether tests of the suite run: where it is, and where it must be. */
public final class SuitePresence {

    private SuitePresence() {}

    /** True also where it is required and missing, so that the tests fail there. */
    public static boolean isToRun() {
        return Suite.isPresent() || Suite.isRequired();
    }
}
