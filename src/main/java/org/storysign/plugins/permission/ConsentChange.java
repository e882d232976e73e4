package org.storysign.plugins.permission;

import java.util.List;
import java.util.Locale;

/**
 * One thing that is different from what was agreed to last.
 *
 * @param change which way
 * @param of what it is about: {@code permission}, {@code hosts}, {@code methods}, {@code combination}, {@code endpoint}, {@code instances},
 *     {@code level}
 * @param values the permissions, hosts, methods … it is about
 * @param needsConsent whether somebody has to agree to it
 * @param words the same in plain words, which follow "the plugin"
 */
public record ConsentChange(Kind change, String of, List<String> values, boolean needsConsent, String words) {

    public ConsentChange {
        values = List.copyOf(values);
    }

    /** Which way something changes. */
    public enum Kind {
        ADDED,
        REMOVED,
        WIDER,
        NARROWER;

        public String publicName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** One to agree to. */
    public static ConsentChange wider(Kind change, String of, List<String> values, String words) {
        return new ConsentChange(change, of, values, true, words);
    }

    /** One that takes something away. */
    public static ConsentChange narrower(Kind change, String of, List<String> values, String words) {
        return new ConsentChange(change, of, values, false, words);
    }
}
