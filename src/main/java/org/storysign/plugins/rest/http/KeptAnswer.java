package org.storysign.plugins.rest.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.problem.FactKey;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * An answer as it is kept for whoever sends the request again.
 *
 * @param headers those that belong to what was answered; what belongs to one exchange, such as the trace, is not kept
 * @param body empty when it was too large to be kept
 */
record KeptAnswer(int status, Map<String, String> headers, Optional<byte[]> body) {

    /** Bytes of a body that are kept. */
    static final int LARGEST = 64 << 10;

    static final List<String> HEADERS = List.of(
            "Content-Type",
            "ETag",
            "Location",
            "Link",
            "Retry-After",
            "Plugin-Fuel-Used",
            "Plugin-Duration-Us",
            "Plugin-Peak-Memory");

    private static final ObjectMapper JSON = new ObjectMapper();

    String text() {
        ObjectNode node = JSON.createObjectNode().put("status", status);
        headers.forEach(node.putObject("headers")::put);
        body.ifPresent(bytes -> node.put("body", Base64.getEncoder().encodeToString(bytes)));
        return node.toString();
    }

    /** What {@link #text} wrote. */
    static KeptAnswer read(String text) {
        try {
            ObjectNode node = (ObjectNode) JSON.readTree(text);
            Map<String, String> headers = new LinkedHashMap<>();
            node.path("headers")
                    .properties()
                    .forEach(header ->
                            headers.put(header.getKey(), header.getValue().textValue()));
            Optional<byte[]> body = Optional.ofNullable(node.get("body"))
                    .map(encoded -> Base64.getDecoder().decode(encoded.textValue()));
            return new KeptAnswer(node.path("status").intValue(), headers, body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was kept was JSON"); // without the cause, which quotes it
        }
    }

    /** Fails with {@code idempotency-answer-not-kept}. */
    Response again() {
        byte[] content = body.orElseThrow(() -> new ProblemException(
                ProblemCode.IDEMPOTENCY_ANSWER_NOT_KEPT,
                "the request with this Idempotency-Key was answered with status " + status + " and more than "
                        + (LARGEST >> 10) + " KiB, which is not kept; it was not carried out again",
                Map.of(FactKey.FOUND, status)));
        Response.ResponseBuilder answer = Response.status(status).header(IdempotencyFilter.REPLAYED, "true");
        headers.forEach(answer::header);
        return content.length == 0 ? answer.build() : answer.entity(content).build();
    }
}
