package org.storysign.plugins.rest.walk;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.storysign.plugins.rest.walk.ApiDocument.Operation;
import org.storysign.plugins.rest.walk.ApiDocument.Parameter;

/** Makes requests of an operation: good ones, nearly good ones and hostile ones. The same seed makes the same request. */
final class RequestMaker {

    /** Values that lead somewhere, by the name of the parameter. */
    private final Map<String, List<String>> known;

    /** Bodies that are good, by operation. */
    private final Map<String, List<byte[]>> good;

    private final ApiDocument document;

    RequestMaker(ApiDocument document, Map<String, List<String>> known, Map<String, List<byte[]>> good) {
        this.document = document;
        this.known = known;
        this.good = good;
    }

    /** What is sent; {@code path} is encoded and has its query. */
    record Made(String method, String path, Map<String, String> headers, byte[] body) {

        /** The way to repeat it by hand. */
        @Override
        public String toString() {
            String sent = body.length > 300 ? body.length + " bytes beginning " + shown(300) : shown(body.length);
            return method + " " + path + " " + headers + " <" + sent + ">";
        }

        private String shown(int bytes) {
            return new String(body, 0, Math.min(bytes, body.length), StandardCharsets.UTF_8)
                    .replaceAll("\\p{Cntrl}", "?");
        }
    }

    Made make(Operation operation, long seed) {
        Random random = new Random(seed);
        Map<String, String> headers = new LinkedHashMap<>();
        String path = operation.path();
        List<String> query = new ArrayList<>();
        for (Parameter parameter : operation.parameters()) {
            switch (parameter.in()) {
                case "path" -> path = path.replace("{" + parameter.name() + "}", encoded(value(parameter, random, 5)));
                case "query" -> {
                    if (random.nextInt(4) == 0) {
                        query.add(parameter.name() + "=" + encoded(value(parameter, random, 2)));
                    }
                }
                default -> condition(parameter, headers, random);
            }
        }
        if (random.nextInt(30) == 0) {
            query.add("surprise=" + encoded(HostileText.word(random)));
        }
        if (operation.method().equals("POST") && random.nextInt(8) == 0) {
            headers.put(
                    "Idempotency-Key",
                    random.nextInt(3) == 0 ? "key-" + random.nextInt(5) : new UUID(random.nextLong(), seed).toString());
        }
        byte[] body = body(operation, random, headers);
        return new Made(
                operation.method(), path + (query.isEmpty() ? "" : "?" + String.join("&", query)), headers, body);
    }

    /** One of {@code chance} is hostile. */
    private String value(Parameter parameter, Random random, int chance) {
        List<String> leading = known.getOrDefault(parameter.name(), List.of());
        if (!leading.isEmpty() && random.nextInt(chance) > 0) {
            return leading.get(random.nextInt(leading.size()));
        }
        JsonNode fitting = new SchemaValues(document, random).fitting(parameter.schema());
        String word = random.nextBoolean() ? HostileText.word(random) : fitting.asText();
        // An empty segment, one dot and two lead to another address.
        return parameter.in().equals("path") && word.matches("\\.{0,2}") ? "x" : word;
    }

    private static void condition(Parameter parameter, Map<String, String> headers, Random random) {
        String value = switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "*";
            case 2 -> "\"999999\"";
            case 3 -> "W/\"1\", \"2\"";
            default -> "\"" + (1 + random.nextInt(3)) + "\"";
        };
        if (!value.isEmpty()) {
            headers.put(parameter.name(), value);
        }
    }

    private byte[] body(Operation operation, Random random, Map<String, String> headers) {
        List<String> types = List.copyOf(operation.bodies().keySet());
        if (types.isEmpty()) {
            return random.nextInt(10) == 0 && !operation.method().equals("GET")
                    ? HostileText.body(random)
                    : new byte[0];
        }
        String type = types.get(random.nextInt(types.size()));
        boolean wrongType = random.nextInt(20) == 0;
        headers.put(
                "Content-Type",
                wrongType
                        ? List.of("text/plain", "application/xml", "x", "application/json; charset=utf-16")
                                .get(random.nextInt(4))
                        : type);
        List<byte[]> bodies = good.getOrDefault(operation.toString(), List.of());
        int kind = random.nextInt(10);
        if (type.startsWith("multipart/")) {
            String boundary = "b" + Math.abs(random.nextInt());
            headers.put("Content-Type", "multipart/form-data; boundary=" + boundary);
            return kind < 8 ? form(bodies, boundary, random) : HostileText.body(random);
        }
        if (!bodies.isEmpty() && kind < 4) {
            return bodies.get(random.nextInt(bodies.size()));
        }
        if (kind == 4) {
            return HostileText.body(random);
        }
        if (!type.endsWith("json")) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        SchemaValues values = new SchemaValues(document, random);
        JsonNode value = values.fitting(operation.bodies().getOrDefault(type, operation.responses()));
        return (kind < 7 ? value : values.broken(value)).toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Good bodies of a form are its parts' contents in turn: manifest, module. */
    private static byte[] form(List<byte[]> parts, String boundary, Random random) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        List<String> names = List.of("manifest", "module", "package", "surprise");
        for (int index = 0; index < 2; index++) {
            String name = random.nextInt(8) == 0 ? names.get(random.nextInt(names.size())) : names.get(index);
            byte[] content = parts.isEmpty() || random.nextInt(8) == 0
                    ? HostileText.body(random)
                    : parts.get(index % parts.size());
            form.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name
                            + "\"; filename=\"f\"\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            form.writeBytes(content);
            form.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        form.writeBytes(
                ("--" + boundary + (random.nextInt(10) == 0 ? "" : "--") + "\r\n").getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A body of POST /install. */
    static byte[] install(String manifest, byte[] module) {
        return ("{\"manifest\":" + manifest + ",\"module\":\""
                        + Base64.getEncoder().encodeToString(module) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
