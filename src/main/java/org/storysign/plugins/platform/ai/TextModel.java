package org.storysign.plugins.platform.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.storysign.plugins.platform.AiService;
import org.storysign.plugins.platform.AiService.Completion;
import org.storysign.plugins.platform.connect.Endpoint;
import org.storysign.plugins.platform.connect.Exchange;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

/**
 * A text model behind {@code POST /chat/completions}, as OpenAI, vLLM, Ollama, llama.cpp and others offer it. It is asked to stream;
 * what it sends is collected, and an answer in one piece is understood too. Never asked twice. Safe for concurrent use.
 */
final class TextModel {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int SUCCESS = 200;
    private static final int TOO_MANY = 429;

    private final Endpoint endpoint;
    private final String model;
    private final Exchange exchange;

    TextModel(Endpoint endpoint, String model, Exchange exchange) {
        this.endpoint = endpoint;
        this.model = model;
        this.exchange = exchange;
    }

    Completion complete(AiService.Prompt prompt, Duration timeout) {
        Exchange.Answer answer;
        try {
            answer = exchange.send(endpoint, posting("/chat/completions", request(prompt)), timeout);
        } catch (Exchange.Failed failed) {
            ProblemException problem = failed.late() ? late(timeout) : unavailable("could not be reached");
            return failed.reached() == Exchange.Reached.NOTHING
                    ? new Completion.NotUsed(problem)
                    : new Completion.Lost(problem);
        }
        if (answer.status() != SUCCESS) {
            return new Completion.NotUsed(
                    answer.status() == TOO_MANY
                            ? new ProblemException(
                                    ProblemCode.SERVICE_BUSY, "the text model takes no more requests at the moment")
                            : unavailable("answered with status " + answer.status()));
        }
        return TextAnswer.read(new String(answer.body(), StandardCharsets.UTF_8))
                .<Completion>map(text -> text)
                .orElseGet(() -> new Completion.Lost(unavailable("answered something else than a completion")));
    }

    private ObjectNode request(AiService.Prompt prompt) {
        ObjectNode request = JSON.createObjectNode().put("model", model).put("max_tokens", prompt.mostTokens());
        prompt.temperature().ifPresent(temperature -> request.put("temperature", temperature));
        request.put("stream", true).putObject("stream_options").put("include_usage", true);
        ArrayNode messages = request.putArray("messages");
        prompt.messages()
                .forEach(message ->
                        messages.addObject().put("role", message.role()).put("content", message.content()));
        return request;
    }

    static Exchange.Request posting(String path, JsonNode json) {
        return new Exchange.Request(
                "POST",
                path,
                Map.of("Content-Type", "application/json", "Accept", "application/json, text/event-stream"),
                bytes(json));
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException("a tree of JSON cannot fail to be written", e);
        }
    }

    static Optional<JsonNode> json(byte[] text) {
        try {
            return Optional.ofNullable(JSON.readTree(text));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static ProblemException late(Duration timeout) {
        return new ProblemException(
                ProblemCode.SERVICE_TIMEOUT, "the text model did not answer within " + timeout.toMillis() + " ms");
    }

    private static ProblemException unavailable(String what) {
        return new ProblemException(ProblemCode.AI_UNAVAILABLE, "the text model " + what);
    }
}
