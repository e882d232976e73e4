package org.storysign.plugins.identity;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What joins a request to its log lines, problems and calls of plugins: the trace id of W3C Trace Context, 32 lower-case hexadecimal
 * digits.
 */
public record TraceId(String value) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    // https://www.w3.org/TR/trace-context/#traceparent-header; version ff is invalid, later versions may have more
    // fields
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    public TraceId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("no trace id: " + value);
        }
    }

    /** Empty when it has not the form of one. */
    public static Optional<TraceId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new TraceId(text)) : Optional.empty();
    }

    /** An event's: its id without hyphens. */
    public static TraceId of(EventId event) {
        return new TraceId(event.toString().replace("-", ""));
    }

    /** The caller's own when {@code traceparent} is valid, else a new random one. */
    public static TraceId from(@Nullable String traceparent) {
        return Optional.ofNullable(traceparent).flatMap(TraceId::ofTheCaller).orElseGet(TraceId::random);
    }

    private static Optional<TraceId> ofTheCaller(String traceparent) {
        Matcher matcher = TRACEPARENT.matcher(traceparent);
        boolean valid = matcher.matches() && !("00".equals(matcher.group(1)) && matcher.group(3) != null);
        return valid ? Optional.of(new TraceId(matcher.group(2))) : Optional.empty();
    }

    private static TraceId random() {
        HexFormat hex = HexFormat.of();
        ThreadLocalRandom random = ThreadLocalRandom.current();
        // Odd, so that it cannot be the invalid id of zeros only.
        return new TraceId(hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1));
    }

    @Override
    public String toString() {
        return value;
    }
}
