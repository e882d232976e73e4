package org.storysign.plugins.endpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.storysign.plugins.problem.GuestText;
import org.storysign.plugins.problem.JsonFields;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;

/**
 * What a handler answered: {@code {"status", "headers", "body" | "body_base64"}}, all of it optional.
 *
 * @param status 200 to 599
 * @param headers by lower-case name, of {@link #PASSED} only; {@code content-type} is always there when there is a body
 * @param body the bytes to send; none for 204, 205 and 304
 */
public record EndpointAnswer(int status, Map<String, String> headers, byte[] body) {

    /**
     * The headers a handler may answer with. What decides how browsers and caches treat the answer is the service's to say, and there
     * is no {@code Location}: a plugin does not send the product's users elsewhere.
     */
    public static final List<String> PASSED =
            List.of("content-disposition", "content-language", "content-type", "etag", "last-modified", "retry-after");

    static final int LEAST_STATUS = 200;
    static final int LARGEST_STATUS = 599;
    static final int MOST_HEADERS = 20;

    private static final String WHAT = "the answer of the endpoint's handler";
    private static final Set<String> MEMBERS = Set.of("status", "headers", "body", "body_base64");
    private static final Set<Integer> WITHOUT_BODY = Set.of(204, 205, 304);
    private static final Pattern VALUE = Pattern.compile("[!-~]([ -~]{0,998}[!-~])?");
    private static final Pattern MEDIA_TYPE = Pattern.compile(
            "[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,60}(; ?[a-z]+=[A-Za-z0-9._-]{1,60})?");
    private static final StrictJson JSON = new StrictJson(4);

    public EndpointAnswer {
        headers = Map.copyOf(headers);
        body = body.clone();
    }

    /** Fails with {@code endpoint-output-invalid} and every violation; no output is 200 without a body. */
    public static EndpointAnswer read(byte[] output) {
        Violations violations = new Violations();
        JsonNode node = output.length == 0
                ? com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode()
                : JSON.read(output, Set.of("body_base64"), violations);
        violations.refuse(ProblemCode.ENDPOINT_OUTPUT_INVALID, WHAT);
        JsonFields fields = JsonFields.of(node, "", violations, MEMBERS)
                .orElseThrow(() -> violations.exception(ProblemCode.ENDPOINT_OUTPUT_INVALID, WHAT));
        int status = fields.integer("status", LEAST_STATUS, LARGEST_STATUS)
                .map(Long::intValue)
                .orElse(LEAST_STATUS);
        Map<String, String> headers = headers(fields);
        byte[] body = body(fields);
        if (body.length > 0 && WITHOUT_BODY.contains(status)) {
            fields.report("status", "is " + status + ", an answer without a body, but there is one");
        }
        if (body.length > 0) {
            headers.putIfAbsent(
                    "content-type", isSaid(fields, "body") ? "text/plain; charset=utf-8" : "application/octet-stream");
        }
        violations.refuse(ProblemCode.ENDPOINT_OUTPUT_INVALID, WHAT);
        return new EndpointAnswer(status, headers, body);
    }

    private static byte[] body(JsonFields fields) {
        if (isSaid(fields, "body") && isSaid(fields, "body_base64")) {
            fields.report("body_base64", "stands beside `body`, expected one of them");
        }
        if (isSaid(fields, "body")) {
            return fields.text("body").orElse("").getBytes(StandardCharsets.UTF_8);
        }
        return isSaid(fields, "body_base64") ? fields.binary("body_base64").orElse(new byte[0]) : new byte[0];
    }

    private static boolean isSaid(JsonFields fields, String name) {
        return fields.has(name) && !fields.isNull(name);
    }

    private static Map<String, String> headers(JsonFields fields) {
        Map<String, String> headers = new TreeMap<>();
        Optional<ObjectNode> given = fields.object("headers");
        if (given.isEmpty()) {
            return headers;
        }
        if (given.get().size() > MOST_HEADERS) {
            fields.report("headers", "has more than " + MOST_HEADERS + " members");
            return headers;
        }
        given.get().properties().forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            String value = header.getValue().asText("");
            String complaint = complaint(name, header.getValue());
            if (!complaint.isEmpty()) {
                fields.report("headers", "the header " + GuestText.quote(header.getKey()) + " " + complaint);
            } else if (headers.putIfAbsent(name, value) != null) {
                fields.report("headers", "the header " + GuestText.quote(header.getKey()) + " is there twice");
            }
        });
        return headers;
    }

    /** Why the header does not pass; empty when it does. */
    private static String complaint(String name, JsonNode value) {
        if (!PASSED.contains(name)) {
            return "does not pass; there are: " + String.join(", ", PASSED);
        }
        if (!value.isTextual() || !VALUE.matcher(value.textValue()).matches()) {
            return "has another value than 1 to 1,000 visible ASCII characters";
        }
        if (name.equals("content-type")
                && !MEDIA_TYPE
                        .matcher(value.textValue().toLowerCase(Locale.ROOT))
                        .matches()) {
            return "is " + GuestText.quote(value.textValue()) + ", expected a media type such as `application/json`";
        }
        return "";
    }
}
