package org.storysign.plugins.manifest;

import java.util.Optional;
import org.semver4j.Semver;

/** A semantic version 2.0, ordered by precedence (build metadata breaks ties by text, so that the order is total). */
public record Version(String value) implements Comparable<Version> {

    public Version {
        if (value.length() > 100 || !Semver.isValid(value)) {
            throw new IllegalArgumentException("not a semantic version 2.0");
        }
    }

    public static Optional<Version> parse(String text) {
        return text.length() <= 100 && Semver.isValid(text) ? Optional.of(new Version(text)) : Optional.empty();
    }

    /** Whether it lies in a range such as {@code ^1.2.0} or {@code >=1.0.0 <2.0.0}. */
    public boolean satisfies(String range) {
        return new Semver(value).satisfies(range);
    }

    @Override
    public int compareTo(Version other) {
        int byPrecedence = new Semver(value).compareTo(new Semver(other.value));
        return byPrecedence != 0 ? byPrecedence : value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
