package org.storysign.plugins.rest.http;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.platform.WriteCondition;
import org.storysign.plugins.platform.WriteOutcome;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/** Revisions as ETags, and the conditions of RFC 9110 on them. */
public final class Revisions {

    private static final Pattern ETAG = Pattern.compile("\"(\\d{1,18})\"");

    private Revisions() {}

    /** The ETag of a revision: strong, the number in quotes. */
    public static String etag(long revision) {
        return "\"" + revision + "\"";
    }

    /** The answer with its ETag; 304 and nothing else when the client has this revision already. */
    public static Response answer(Object view, long revision, @Nullable String ifNoneMatch) {
        Response.ResponseBuilder answer = isKnown(revision, ifNoneMatch) ? Response.notModified() : Response.ok(view);
        return answer.header(HttpHeaders.ETAG, etag(revision)).build();
    }

    private static boolean isKnown(long revision, @Nullable String ifNoneMatch) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(","))
                        .map(String::strip)
                        // Weak comparison: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.2
                        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                        .anyMatch(tag -> "*".equals(tag) || tag.equals(etag(revision)));
    }

    /**
     * The one revision a change may replace. Throws {@code ProblemException}: {@code precondition-required} without the header,
     * {@code precondition-failed} when it is no ETag of ours, {@code request-invalid} when it is {@code *} or a list.
     */
    public static long required(@Nullable String ifMatch) {
        if (ifMatch == null) {
            throw new ProblemException(
                    ProblemCode.PRECONDITION_REQUIRED,
                    "Send the header If-Match with the ETag that the last GET answered, so that nobody's change is lost.");
        }
        if (ifMatch.contains(",") || "*".equals(ifMatch.strip())) {
            throw new ProblemException(
                    ProblemCode.REQUEST_INVALID, "The header If-Match must name one ETag here, such as \"7\".");
        }
        return revision(ifMatch).orElseThrow(Revisions::stale);
    }

    /** When a write may happen: {@code If-None-Match: *} creates, {@code If-Match} replaces one revision, neither does both. */
    public static WriteCondition condition(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        if (ifNoneMatch != null) {
            if (ifMatch != null || !"*".equals(ifNoneMatch.strip())) {
                throw new ProblemException(
                        ProblemCode.REQUEST_INVALID,
                        "A write takes either If-Match with an ETag or If-None-Match with * only.");
            }
            return new WriteCondition.Absent();
        }
        return ifMatch == null ? new WriteCondition.Always() : new WriteCondition.AtRevision(required(ifMatch));
    }

    /** 201 or 204 with the ETag; fails with {@code precondition-failed}. For writes that have no limit and need nothing to be there. */
    public static Response written(WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.Done(long revision, boolean created) ->
                Response.status(created ? Response.Status.CREATED : Response.Status.NO_CONTENT)
                        .header(HttpHeaders.ETAG, etag(revision))
                        .build();
            case WriteOutcome.ConditionFailed _ -> throw stale();
            case WriteOutcome.Missing _, WriteOutcome.OverLimit _ ->
                throw new IllegalStateException("such a write can neither miss nor be over a limit");
        };
    }

    /** What a client is told whose revision is not the present one. */
    public static ProblemException stale() {
        return new ProblemException(
                ProblemCode.PRECONDITION_FAILED,
                "What is stored is of another revision than the request names: get it again and repeat the change.");
    }

    private static OptionalLong revision(String etag) {
        Matcher matcher = ETAG.matcher(etag.strip());
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
