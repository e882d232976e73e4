package org.storysign.plugins.plugin.history;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TraceId;
import org.storysign.plugins.manifest.HookName;

/**
 * Which calls.
 *
 * @param status {@code ok}, {@code failed} or a problem's code
 * @param since not those that ended before
 * @param before only those with a smaller sequence
 */
public record CallFilter(
        PluginId plugin,
        Optional<String> status,
        Optional<HookName> hook,
        Optional<TraceId> trace,
        Optional<Instant> since,
        OptionalLong before) {

    private static final Pattern STATUS = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** Empty when it has not the form of a status. */
    public static Optional<String> status(String text) {
        return STATUS.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    /** Every call of a plugin. */
    public static CallFilter of(PluginId plugin) {
        return new CallFilter(
                plugin, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());
    }
}
