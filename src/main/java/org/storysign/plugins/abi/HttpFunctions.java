package org.storysign.plugins.abi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.storysign.plugins.limits.HttpLimits;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.sandbox.HostCall;
import org.storysign.plugins.sandbox.HostFunction;
import org.storysign.plugins.sandbox.HttpAccess;
import org.storysign.plugins.sandbox.Trap;
import org.storysign.plugins.sandbox.TrapException;

/**
 * {@code http_request} and what tells of its answer. A request that is denied or fails stops the guest, as the kits expect; an
 * answer of 4xx or 5xx is an answer. Everything goes through the request's {@link HttpAccess}.
 */
final class HttpFunctions {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Methods that are safe (RFC 9110, section 9.2.1) and of use. */
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private HttpFunctions() {}

    static List<HostFunction> all() {
        return List.of(
                function("http_request", "ll", "l", FuelPrice.HTTP_REQUEST, HttpFunctions::request),
                function("http_status_code", "", "i", FuelPrice.ACCESS, (call, frame, args) -> frame.httpStatus()),
                function("http_headers", "", "l", FuelPrice.LOOKUP, HttpFunctions::headers));
    }

    private static AbiFunction function(String name, String params, String results, long price, AbiFunction.Body body) {
        boolean counted = name.equals("http_request");
        return new AbiFunction(KernelFunctions.MODULE, name, AbiFunction.type(params, results), price, counted, body);
    }

    private static long request(HostCall call, KernelFrame frame, long[] args) {
        HttpLimits limits = call.limits().http();
        byte[] head = KernelFunctions.taken(call, frame, args[0], Long.MAX_VALUE);
        call.charge(FuelPrice.working(head.length));
        requireBodyFits(frame.memory().length(args[1]), limits);
        byte[] body = KernelFunctions.taken(call, frame, args[1], Long.MAX_VALUE);
        if (!frame.mayRequest()) {
            throw denied("made more than its " + limits.requests() + " HTTP requests");
        }
        HttpAccess.Request request = read(head, body);
        if (call.context().dryRun() && !READING.contains(request.method())) {
            throw denied("made an HTTP request that may change something, in a dry run");
        }
        HttpAccess.Response response = send(call, frame, request);
        if (response.body().length > limits.body().bytes()) {
            throw failed("got an answer with a body larger than " + limits.body());
        }
        call.charge(FuelPrice.copying(response.body().length));
        frame.answered(response.status(), response.headers());
        return frame.memory().place(response.body());
    }

    private static HttpAccess.Response send(HostCall call, KernelFrame frame, HttpAccess.Request request) {
        HttpAccess http = frame.request().http();
        try {
            return call.waiting(() -> http.send(request, call.limits().http().body(), call.waitTimeLeft()));
        } catch (RuntimeException stopped) {
            throw stopped;
        } catch (Exception fault) {
            throw new IllegalStateException("HttpAccess failed without a trap", fault);
        }
    }

    private static void requireBodyFits(long found, HttpLimits limits) {
        if (found > limits.body().bytes()) {
            throw denied("sent a body of " + new MemorySize(found) + ", expected at most " + limits.body());
        }
    }

    /** {@code {"url", "headers", "method"}}; the method is GET when it is not said. */
    private static HttpAccess.Request read(byte[] head, byte[] body) {
        JsonNode json = parsed(head);
        JsonNode url = json.path("url");
        if (!url.isTextual()) {
            throw failed("asked for an HTTP request without a `url`");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        json.path("headers").properties().forEach(header -> headers.put(header.getKey(), text(header.getValue())));
        JsonNode method = json.path("method");
        return new HttpAccess.Request(
                method.isTextual() ? method.textValue() : "GET", url.textValue(), Map.copyOf(headers), body);
    }

    private static String text(JsonNode value) {
        if (!value.isTextual()) {
            throw failed("asked for an HTTP request with a header that is not text");
        }
        return value.textValue();
    }

    private static JsonNode parsed(byte[] head) {
        try {
            JsonNode json = JSON.readTree(head);
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException notJson) {
            throw failed("asked for an HTTP request that is not JSON");
        }
        throw failed("asked for an HTTP request that is not a JSON object");
    }

    private static long headers(HostCall call, KernelFrame frame, long[] args) {
        if (frame.httpStatus() == 0) {
            return 0;
        }
        byte[] json = written(frame.httpHeaders());
        call.charge(FuelPrice.working(json.length));
        return frame.memory().place(json);
    }

    private static byte[] written(Map<String, String> headers) {
        try {
            return JSON.writeValueAsBytes(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is JSON", e);
        }
    }

    private static TrapException denied(String reason) {
        return new TrapException(new Trap.HttpDenied(reason));
    }

    private static TrapException failed(String reason) {
        return new TrapException(new Trap.HttpFailed(reason));
    }
}
