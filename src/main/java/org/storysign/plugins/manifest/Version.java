package org.storysign.plugins.manifest;

import java.util.Optional;
import java.util.regex.Pattern;
import org.semver4j.Semver;

/** A semantic version 2.0, ordered by precedence (build metadata breaks ties by text, so that the order is total). */
public record Version(String value) implements Comparable<Version> {

    private static final int LONGEST = 100;
    /** Source: semver.org; the library reads more leniently. */
    private static final Pattern FORM =
            Pattern.compile("(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})\\.(0|[1-9][0-9]{0,8})"
                    + "(-(0|[1-9][0-9]{0,17}|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)(\\.(0|[1-9][0-9]{0,17}|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*)?"
                    + "(\\+[0-9a-zA-Z-]+(\\.[0-9a-zA-Z-]+)*)?");

    public Version {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a semantic version 2.0");
        }
    }

    public static Optional<Version> parse(String text) {
        return isValid(text) ? Optional.of(new Version(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches() && Semver.isValid(text);
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
