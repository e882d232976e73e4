package org.storysign.plugins.platform.ai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.platform.AiService.Completion;
import org.storysign.plugins.platform.AiService.Message;
import org.storysign.plugins.platform.AiService.Prompt;
import org.storysign.plugins.platform.AiService.Tokens;
import org.storysign.plugins.platform.connect.Endpoint;
import org.storysign.plugins.platform.connect.Exchange;
import org.storysign.plugins.problem.ProblemCode;

@Timeout(60)
class TextModelTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Prompt HELLO =
            new Prompt(List.of(new Message("system", "Be kind."), new Message("user", "Hé")), 20, Optional.of(0.5));

    private final Exchange exchange = new Exchange();

    @AfterEach
    void close() {
        exchange.close();
    }

    @Test
    void a_streamed_answer_is_collected() throws IOException {
        String stream = """
                : keep-alive

                data: {"choices":[{"delta":{"role":"assistant"}}]}

                data: {"choices":[{"delta":{"content":"Grüß"}}]}

                data: {"choices":[{"delta":{"content":" dich"},"finish_reason":"stop"}]}

                data: {"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":5}}

                data: [DONE]
                """;

        assertThat(answer(ModelServer.ok("text/event-stream", stream)))
                .isEqualTo(new Completion.Answered("Grüß dich", "stop", new Tokens(Optional.of(12L), Optional.of(5L))));
    }

    @Test
    void an_answer_in_one_piece_is_understood() throws IOException {
        String whole =
                "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},\"finish_reason\":\"length\"}]}";

        assertThat(answer(ModelServer.ok("application/json", whole)))
                .isEqualTo(new Completion.Answered("Hi", "length", new Tokens(Optional.empty(), Optional.empty())));
    }

    @Test
    void the_request_is_what_such_models_expect_and_names_nobody() throws IOException {
        try (ModelServer server = ModelServer.status(500)) {
            new TextModel(server.endpoint(), "small", exchange).complete(HELLO, LONG);

            assertThat(server.requests()).singleElement().satisfies(request -> {
                assertThat(request).startsWith("POST /v1/chat/completions HTTP/1.1\r\n");
                assertThat(request).contains("Authorization: Bearer operators-key\r\n");
                assertThat(request)
                        .endsWith(
                                "{\"model\":\"small\",\"max_tokens\":20,\"temperature\":0.5,\"stream\":true,"
                                        + "\"stream_options\":{\"include_usage\":true},\"messages\":["
                                        + "{\"role\":\"system\",\"content\":\"Be kind.\"},{\"role\":\"user\",\"content\":\"Hé\"}]}");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400, ai-unavailable",
        "401, ai-unavailable",
        "500, ai-unavailable",
        "302, ai-unavailable",
        "429, service-busy"
    })
    void a_model_that_refuses_has_used_nothing(int status, String code) throws IOException {
        assertThat(answer(ModelServer.status(status)))
                .isInstanceOfSatisfying(
                        Completion.NotUsed.class,
                        refused -> assertThat(refused.problem().code().code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "{}",
                "{\"choices\":[]}",
                "{\"error\":\"no\"}",
                "[1]",
                "data: {\"choices\":[{\"delta\":{\"content\":\"cut\"}}]}\n\n",
                "data: {\"choices\n\ndata: [DONE]\n\n",
                "data: 7\n\ndata: [DONE]\n\n",
                ""
            })
    void an_answer_that_is_something_else_or_cut_is_lost_and_may_have_cost(String body) throws IOException {
        assertThat(answer(ModelServer.ok("text/event-stream", body)))
                .isInstanceOfSatisfying(
                        Completion.Lost.class,
                        lost -> assertThat(lost.problem().code()).isEqualTo(ProblemCode.AI_UNAVAILABLE));
    }

    @Test
    void a_connection_that_is_cut_in_the_middle_is_lost() throws IOException {
        assertThat(answer(new ModelServer("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\ndata: {", false)))
                .isInstanceOf(Completion.Lost.class);
    }

    @Test
    void an_answer_that_is_larger_than_it_may_be_is_lost() throws IOException {
        String filler = ": keep-alive\n".repeat((int) Exchange.LARGEST_ANSWER / 13 + 1);
        String good =
                "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n";

        assertThat(answer(ModelServer.ok("text/event-stream", good))).isInstanceOf(Completion.Answered.class);
        assertThat(answer(ModelServer.ok("text/event-stream", filler + good))).isInstanceOf(Completion.Lost.class);
    }

    @Test
    void a_model_that_drips_is_given_up_when_time_is_over() throws IOException {
        try (ModelServer server = new ModelServer("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\ndata: {", true)) {
            assertThat(new TextModel(server.endpoint(), "small", exchange).complete(HELLO, Duration.ofMillis(200)))
                    .isInstanceOfSatisfying(
                            Completion.Lost.class,
                            lost -> assertThat(lost.problem().code()).isEqualTo(ProblemCode.SERVICE_TIMEOUT));
        }
    }

    @Test
    void a_model_that_is_not_there_has_used_nothing() throws IOException {
        ModelServer gone = ModelServer.status(200);
        gone.close();

        assertThat(new TextModel(gone.endpoint(), "small", exchange).complete(HELLO, LONG))
                .isInstanceOf(Completion.NotUsed.class);
    }

    @Test
    void tokens_that_make_no_sense_are_not_believed() throws IOException {
        String whole = "{\"choices\":[{\"message\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":-5,\"completion_tokens\":1e30}}";

        assertThat(answer(ModelServer.ok("application/json", whole)))
                .isEqualTo(new Completion.Answered("Hi", "stop", new Tokens(Optional.empty(), Optional.empty())));
    }

    @Test
    void an_endpoint_never_shows_its_key() {
        assertThat(new Endpoint(URI.create("https://models.example/v1"), Optional.of("operators-key")).toString())
                .isEqualTo("https://models.example/v1");
    }

    private Completion answer(ModelServer server) throws IOException {
        try (server) {
            return new TextModel(server.endpoint(), "small", exchange).complete(HELLO, LONG);
        }
    }
}
