package org.storysign.plugins.plugin.history;

import java.util.Locale;
import java.util.Optional;
import org.storysign.plugins.manifest.HookName;

/**
 * Why an export was called.
 *
 * @param name the hook's or the endpoint's; empty for the others
 * @param handler the export
 */
public record Occasion(Kind kind, Optional<String> name, String handler) {

    /** What kinds there are. */
    public enum Kind {
        HOOK,
        ENDPOINT,
        /** By its name, by a person. */
        CALL,
        LIFECYCLE;

        public String publicName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static Occasion hook(HookName hook, String handler) {
        return new Occasion(Kind.HOOK, Optional.of(hook.value()), handler);
    }

    public static Occasion endpoint(String name, String handler) {
        return new Occasion(Kind.ENDPOINT, Optional.of(name), handler);
    }

    public static Occasion call(String export) {
        return new Occasion(Kind.CALL, Optional.empty(), export);
    }

    public static Occasion lifecycle(String export) {
        return new Occasion(Kind.LIFECYCLE, Optional.empty(), export);
    }
}
