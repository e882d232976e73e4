package org.storysign.plugins.rest.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Long lists, a page at a time: {@code limit} and {@code cursor} in the request, {@code Link: rel="next"} in the answer. */
public final class Pages {

    public static final int DEFAULT_LIMIT = 50;
    public static final int LARGEST_LIMIT = 100;

    private Pages() {}

    public static int limit(@Nullable String text) {
        return Parameters.integer("limit", text, new Parameters.Range(1, LARGEST_LIMIT, DEFAULT_LIMIT));
    }

    /** What the page before ended with; empty for the first page. */
    public static Optional<String> after(@Nullable String cursor) {
        return Parameters.parsed("cursor", cursor, Pages::decode, "the next_cursor of the page before");
    }

    /** The same where the page before ended with a number. */
    public static Optional<Long> numberAfter(@Nullable String cursor) {
        return Parameters.parsed(
                "cursor",
                cursor,
                text -> decode(text)
                        .filter(position -> position.matches("[0-9]{1,18}"))
                        .map(Long::valueOf),
                "the next_cursor of the page before");
    }

    private static Optional<String> decode(String cursor) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What leads to the page after one that ends with this; opaque to clients. */
    public static String cursor(String last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }

    /** Of at most {@code limit + 1} found items, the cursor to those after the first {@code limit}; null when there are none. */
    public static <T> @Nullable String next(List<T> found, int limit, Function<T, String> position) {
        return found.size() <= limit ? null : cursor(position.apply(found.get(limit - 1)));
    }

    /** The first {@code limit} of the found items. */
    public static <T> List<T> page(List<T> found, int limit) {
        return found.size() <= limit ? found : found.subList(0, limit);
    }

    /** The answer, with a link to the page after it if there is one. */
    public static Response answer(Object view, @Nullable String nextCursor, UriInfo address) {
        Response.ResponseBuilder answer = Response.ok(view);
        if (nextCursor != null) {
            UriBuilder next = address.getRequestUriBuilder().replaceQueryParam("cursor", nextCursor);
            // Relative to the host: behind a proxy the service does not know by which name it was reached.
            java.net.URI whole = next.build();
            answer.header(HttpHeaders.LINK, "<" + whole.getRawPath() + "?" + whole.getRawQuery() + ">; rel=\"next\"");
        }
        return answer.build();
    }
}
