package org.storysign.plugins.manifest;

import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a place where the product lets plugins in. Matches {@code [a-z0-9][a-z0-9_.-]{0,99}}. */
public record HookName(String value) implements Comparable<HookName> {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,99}");

    public HookName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a hook name matches " + FORM);
        }
    }

    public static Optional<HookName> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new HookName(text)) : Optional.empty();
    }

    @Override
    public int compareTo(HookName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
