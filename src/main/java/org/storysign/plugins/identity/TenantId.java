package org.storysign.plugins.identity;

import java.util.Optional;
import java.util.regex.Pattern;

/** Whose things these are. Matches {@code [a-z0-9][a-z0-9-]{0,62}}. */
public record TenantId(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    /** The tenant of installations that have only one. */
    public static final TenantId DEFAULT = new TenantId("default");

    public TenantId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a tenant id matches " + FORM);
        }
    }

    /** Empty when the text is no tenant's id. */
    public static Optional<TenantId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new TenantId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
