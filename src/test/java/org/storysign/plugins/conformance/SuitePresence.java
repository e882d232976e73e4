package org.storysign.plugins.conformance;

/** Whether tests of the suite run: where it is, and where it must be. */
final class SuitePresence {

    private SuitePresence() {}

    /** True also where it is required and missing, so that the tests fail there. */
    static boolean isToRun() {
        return Suite.isPresent() || Suite.isRequired();
    }
}
