package org.storysign.plugins.rest.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.security.CurrentCaller;
import org.storysign.plugins.security.RepeatedRequests;
import org.storysign.plugins.security.RepeatedRequests.Known;

/**
 * Sees to it that a POST with an {@code Idempotency-Key} has its effect once in 24 hours, however often its sender sends it, and that each
 * of them has the same answer. Runs when the caller is known and the body has arrived. Answers that say to try again later (429, 5xx) are
 * not kept.
 *
 * <p>Source: draft-ietf-httpapi-idempotency-key-header-07.
 */
@ApplicationScoped
public class IdempotencyFilter {

    /** The header of an answer that was given before. */
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Logger LOG = Logger.getLogger(IdempotencyFilter.class);
    private static final String ATTEMPT = "storysign.idempotency";
    private static final int RETRY_AFTER_SECONDS = 1;
    private static final int TOO_MANY_REQUESTS = 429;

    private final RepeatedRequests requests;
    private final CurrentCaller caller;
    private final ReceivedBody body;
    private final ObjectMapper json;

    @Inject
    public IdempotencyFilter(RepeatedRequests requests, CurrentCaller caller, ReceivedBody body, ObjectMapper json) {
        this.requests = requests;
        this.caller = caller;
        this.body = body;
        this.json = json;
    }

    /** An attempt that is under way. */
    private record Attempt(IdempotencyKey key, UUID id) {}

    @ServerRequestFilter(priority = Priorities.USER)
    public Uni<Response> begin(ContainerRequestContext request) {
        Optional<IdempotencyKey> sent = "POST".equals(request.getMethod())
                ? caller.known().flatMap(known -> IdempotencyKey.of(request, known.actor()))
                : Optional.empty();
        if (sent.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        Attempt attempt = new Attempt(sent.get(), UUID.randomUUID());
        return requests.begin(attempt.key.id(), RequestFingerprint.of(request, body), attempt.id)
                .map(known -> switch (known) {
                    case Known.Nothing _ -> {
                        request.setProperty(ATTEMPT, attempt);
                        yield null;
                    }
                    case Known.Ended ended ->
                        KeptAnswer.read(attempt.key.open(ended.answer())).again();
                    case Known.Running _ ->
                        throw new ProblemException(
                                ProblemCode.IDEMPOTENCY_KEY_IN_USE,
                                "a request with this Idempotency-Key is being carried out; send it again in a moment to get its answer",
                                Map.of(FactKey.RETRY_AFTER, RETRY_AFTER_SECONDS));
                    case Known.AnotherRequest _ ->
                        throw new ProblemException(
                                ProblemCode.IDEMPOTENCY_KEY_REUSED,
                                "this Idempotency-Key was sent with another request within 24 hours; make a new key for each request");
                });
    }

    @ServerResponseFilter
    public Uni<Void> end(ContainerRequestContext request, ContainerResponseContext answer) {
        if (!(request.getProperty(ATTEMPT) instanceof Attempt attempt)) {
            return Uni.createFrom().voidItem();
        }
        request.removeProperty(ATTEMPT);
        boolean later = answer.getStatus() >= 500 || answer.getStatus() == TOO_MANY_REQUESTS;
        Uni<Void> noted = later
                ? requests.forget(attempt.key.id(), attempt.id)
                : requests.end(
                        attempt.key.id(),
                        attempt.id,
                        attempt.key.seal(kept(answer).text()));
        // What was asked for has happened; that it cannot be noted must not take its answer away.
        return noted.onFailure()
                .invoke(failure -> LOG.warn("an answer cannot be kept for its Idempotency-Key", failure))
                .onFailure()
                .recoverWithNull();
    }

    private KeptAnswer kept(ContainerResponseContext answer) {
        byte[] content = content(answer.getEntity());
        MediaType type = answer.getMediaType();
        if (answer.getEntity() != null) {
            answer.setEntity(content, new Annotation[0], type == null ? MediaType.APPLICATION_JSON_TYPE : type);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        KeptAnswer.HEADERS.forEach(name -> {
            String value = answer.getHeaderString(name);
            if (value != null) {
                headers.put(name, value);
            }
        });
        if (content.length > 0) {
            headers.put("Content-Type", String.valueOf(answer.getMediaType()));
        }
        return new KeptAnswer(
                answer.getStatus(),
                headers,
                content.length <= KeptAnswer.LARGEST ? Optional.of(content) : Optional.empty());
    }

    private byte[] content(@Nullable Object entity) {
        try {
            return switch (entity) {
                case null -> new byte[0];
                case byte[] bytes -> bytes;
                case String text -> text.getBytes(StandardCharsets.UTF_8);
                default -> json.writeValueAsBytes(entity);
            };
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer is made of plain values", e);
        }
    }
}
