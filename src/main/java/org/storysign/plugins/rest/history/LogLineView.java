package org.storysign.plugins.rest.history;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.plugin.history.LineRecord;

/**
 * A line of a plugin's log.
 *
 * @param at when the call ended that logged it
 * @param level trace, debug, info, warn or error
 * @param text control characters escaped, cut at 4,000 characters
 * @param invocationId the call; null for what the platform says itself
 */
public record LogLineView(
        Instant at, String level, String text, @Nullable String invocationId) {

    static LogLineView of(LineRecord line) {
        return new LogLineView(
                line.at(),
                line.line().level().name().toLowerCase(Locale.ROOT),
                line.line().text(),
                line.invocation().map(UUID::toString).orElse(null));
    }
}
