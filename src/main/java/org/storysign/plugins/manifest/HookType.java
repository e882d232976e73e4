package org.storysign.plugins.manifest;

import java.util.Locale;
import java.util.Optional;

/** When a handler runs and what its answer means. */
public enum HookType {
    /** Before the product acts: may change arguments or stop it. */
    BEFORE,
    /** After the product acted: its answer is ignored. */
    AFTER,
    /** Instead of the product: the first that answers wins. */
    REPLACE,
    /** On the product's result: each handler passes it on. */
    FILTER;

    public String publicName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<HookType> parse(String text) {
        for (HookType type : values()) {
            if (type.publicName().equals(text)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
