package org.storysign.plugins.identity;

import java.util.Optional;
import java.util.regex.Pattern;

/** A plugin's name within its tenant. Matches {@code [a-z0-9][a-z0-9-]{1,62}}, ASCII only. */
public record PluginId(String value) implements Comparable<PluginId> {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{1,62}");

    public PluginId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a plugin id matches " + FORM);
        }
    }

    /** The id, or empty when the text does not have its form. */
    public static Optional<PluginId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new PluginId(text)) : Optional.empty();
    }

    @Override
    public int compareTo(PluginId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
