package org.storysign.plugins.platform.connect;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.storysign.plugins.kit.Pauses;

/** How a {@link ContractServer} answers a request, right or wrong. */
@FunctionalInterface
interface Fault {

    /** Serves as the contract says. */
    Fault NONE = (exchange, serve, over) -> send(exchange, serve.answer());

    /** Hangs up without an answer, before anything was done. */
    Fault HANGS_UP = (exchange, serve, over) -> exchange.close();

    /** Does it, and hangs up without an answer. */
    Fault DOES_AND_HANGS_UP = (exchange, serve, over) -> {
        serve.answer();
        exchange.close();
    };

    /** Does it, and says nothing as long as the test lasts. */
    Fault SILENT = (exchange, serve, over) -> {
        serve.answer();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    };

    /** Does it, and hangs up in the middle of the answer. */
    Fault CUT = (exchange, serve, over) -> {
        ServiceAnswer answer = serve.answer();
        byte[] body = bytes(answer);
        head(exchange, answer.status(), answer.type(), body.length);
        exchange.getResponseBody().write(body, 0, body.length / 2);
        exchange.getResponseBody().flush();
        exchange.close();
    };

    /** Answers a byte now and then, without an end. */
    Fault DRIPS = (exchange, serve, over) -> stream(exchange, over, 1, true);

    /** Answers as fast as it can, without an end. */
    Fault ENDLESS = (exchange, serve, over) -> stream(exchange, over, 64 << 10, false);

    /** Does what was asked, and says what the contract says to it. */
    interface Serving {
        ServiceAnswer answer();
    }

    void answer(HttpExchange exchange, Serving serve, CountDownLatch over) throws IOException;

    /** Does nothing and answers this. */
    static Fault answers(ServiceAnswer answer) {
        return (exchange, serve, over) -> send(exchange, answer);
    }

    /** Answers rightly, but as another media type. */
    static Fault named(String type) {
        return (exchange, serve, over) -> {
            ServiceAnswer right = serve.answer();
            send(exchange, new ServiceAnswer(right.status(), type, right.body()));
        };
    }

    /** Does nothing and answers this status. */
    static Fault status(int status) {
        return (exchange, serve, over) -> send(exchange, ServiceAnswer.refused(status, "broken"));
    }

    /** Does it and answers this status. */
    static Fault doesAndAnswers(int status) {
        return (exchange, serve, over) -> {
            serve.answer();
            send(exchange, ServiceAnswer.refused(status, "broken"));
        };
    }

    /** Leads elsewhere. */
    static Fault redirect(int status) {
        return (exchange, serve, over) -> {
            exchange.getResponseHeaders().add("Location", "/canary");
            send(exchange, new ServiceAnswer(status, "application/json", "{}"));
        };
    }

    /** Answers with success and this body. */
    static Fault says(String type, String body) {
        return (exchange, serve, over) ->
                send(exchange, new ServiceAnswer(serve.answer().status(), type, body));
    }

    private static void stream(HttpExchange exchange, CountDownLatch over, int size, boolean slowly)
            throws IOException {
        head(exchange, 200, "application/json", 0);
        byte[] spaces = " ".repeat(size).getBytes(StandardCharsets.US_ASCII);
        OutputStream body = exchange.getResponseBody();
        while (over.getCount() > 0) {
            body.write(spaces);
            body.flush();
            if (slowly) {
                Pauses.brief();
            }
        }
    }

    private static void send(HttpExchange exchange, ServiceAnswer answer) throws IOException {
        byte[] body = bytes(answer);
        head(exchange, answer.status(), answer.type(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static void head(HttpExchange exchange, int status, String type, long length) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(status, length);
    }

    private static byte[] bytes(ServiceAnswer answer) {
        return answer.body().getBytes(StandardCharsets.UTF_8);
    }
}
