package org.storysign.plugins.endpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.storysign.plugins.identity.UserId;

/**
 * Writes a request as its handler gets it (contract, section 6): {@code {"method", "path", "path_params", "query", "headers", "body" |
 * "body_base64", "user_id"}}. Each member of {@code query} is a list of texts. The body is text when its {@code Content-Type} is a
 * text type or absent and it is UTF-8, else base64; {@code null} when there is none.
 */
final class EndpointInput {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern TEXT =
            Pattern.compile("text/.*|application/(json|xml|x-www-form-urlencoded|javascript|[a-z0-9.-]+\\+(json|xml))");

    private EndpointInput() {}

    static byte[] of(EndpointRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 + request.body().length);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("method", request.method());
            json.writeStringField("path", request.path());
            texts(json, "path_params", request.parameters());
            query(json, request.query());
            texts(json, "headers", passed(request.headers()));
            body(json, request);
            json.writeFieldName("user_id");
            Optional<UserId> user = request.user();
            if (user.isPresent()) {
                json.writeString(user.get().value());
            } else {
                json.writeNull();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
        return bytes.toByteArray();
    }

    private static Map<String, String> passed(Map<String, String> headers) {
        Map<String, String> passed = new java.util.TreeMap<>(headers);
        passed.keySet().retainAll(EndpointRequest.PASSED);
        return passed;
    }

    private static void texts(JsonGenerator json, String name, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }

    private static void query(JsonGenerator json, Map<String, List<String>> query) throws IOException {
        json.writeObjectFieldStart("query");
        for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
            json.writeArrayFieldStart(parameter.getKey());
            for (String value : parameter.getValue()) {
                json.writeString(value);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void body(JsonGenerator json, EndpointRequest request) throws IOException {
        if (request.body().length == 0) {
            json.writeNullField("body");
            return;
        }
        Optional<String> text = isText(request.headers().getOrDefault("content-type", "text/plain"))
                ? utf8(request.body())
                : Optional.empty();
        if (text.isPresent()) {
            json.writeStringField("body", text.get());
        } else {
            json.writeBinaryField("body_base64", request.body());
        }
    }

    private static boolean isText(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return TEXT.matcher(type).matches();
    }

    private static Optional<String> utf8(byte[] body) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
