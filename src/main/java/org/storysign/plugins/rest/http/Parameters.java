package org.storysign.plugins.rest.http;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Reads query parameters; what does not fit is {@code request-invalid} with what was found and expected. */
public final class Parameters {

    private Parameters() {}

    /** An integer within bounds, or what it is when it is not said. */
    public static int integer(String name, @Nullable String text, Range range) {
        if (text == null) {
            return range.otherwise();
        }
        try {
            int value = Integer.parseInt(text);
            if (value >= range.least() && value <= range.most()) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, as for a number out of bounds.
        }
        throw invalid(name, text, "an integer from " + range.least() + " to " + range.most());
    }

    /** {@code true} or {@code false}; false when it is not said. */
    public static boolean flag(String name, @Nullable String text) {
        if (text == null || "false".equals(text)) {
            return false;
        }
        if ("true".equals(text)) {
            return true;
        }
        throw invalid(name, text, "true or false");
    }

    /** Something that {@code parse} understands; empty when it is not said. */
    public static <T> Optional<T> parsed(
            String name, @Nullable String text, Function<String, Optional<T>> parse, String expected) {
        return Optional.ofNullable(text)
                .map(said -> parse.apply(said).orElseThrow(() -> invalid(name, said, expected)));
    }

    private static ProblemException invalid(String name, String found, String expected) {
        return new ProblemException(
                ProblemCode.REQUEST_INVALID,
                "The parameter " + name + " is " + GuestText.quote(found) + ", expected " + expected + ".");
    }

    /** What an integer may be. */
    public record Range(int least, int most, int otherwise) {}
}
