package org.storysign.plugins.conformance;

/**
 * What became of one command in one lane.
 *
 * @param text for a failure what was found and expected, for a skip the feature, for a pass what was seen (results, trap); the
 *     same for equal behaviour
 */
record Verdict(Kind kind, String text) {

    enum Kind {
        PASSED,
        SKIPPED,
        FAILED
    }

    static Verdict passed(String seen) {
        return new Verdict(Kind.PASSED, seen);
    }

    static Verdict skipped(String feature) {
        return new Verdict(Kind.SKIPPED, feature);
    }

    static Verdict failed(String foundAndExpected) {
        return new Verdict(Kind.FAILED, foundAndExpected);
    }

    boolean isPassed() {
        return kind == Kind.PASSED;
    }

    boolean isSkipped() {
        return kind == Kind.SKIPPED;
    }

    boolean isFailed() {
        return kind == Kind.FAILED;
    }
}
