package org.storysign.plugins.rest.walk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes out of answers what is another one each time: ids, times, digests, secrets. */
final class StableValues {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Pattern TENANT = Pattern.compile("\\b(t|acme)-" + UUID.pattern());
    private static final Pattern TIME = Pattern.compile("20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern TRACE = Pattern.compile("\\b[0-9a-f]{32}\\b");
    private static final Set<String> SECRETS =
            Set.of("secret", "token", "ticket", "signature", "hash", "head", "public_key", "cursor", "next_cursor");

    private final Map<String, String> ids = new HashMap<>();
    private final ObjectMapper json = new ObjectMapper();

    /** What was sent: its addresses and keys alone. */
    JsonNode request(JsonNode value) {
        return value.isObject() && value.has("expires_at") ? value : of(value);
    }

    JsonNode of(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> {
                ObjectNode stable = json.createObjectNode();
                object.properties()
                        .forEach(member -> stable.set(
                                member.getKey(),
                                SECRETS.contains(member.getKey())
                                                && member.getValue().isTextual()
                                        ? TextNode.valueOf(secret(
                                                member.getKey(),
                                                member.getValue().textValue()))
                                        : of(member.getValue())));
                yield stable;
            }
            case ArrayNode array -> {
                ArrayNode stable = json.createArrayNode();
                array.forEach(each -> stable.add(of(each)));
                yield stable;
            }
            case TextNode text -> TextNode.valueOf(stable(text.textValue()));
            default -> value;
        };
    }

    /** What begins it says what it is; the rest is told once. */
    private static String secret(String name, String value) {
        return name.equals("public_key")
                ? "-----BEGIN PUBLIC KEY-----\n...\n-----END PUBLIC KEY-----\n"
                : value.substring(0, Math.min(6, value.length())).replaceAll("[^a-z_]", "") + "...";
    }

    private String stable(String text) {
        String known = text.replaceAll("http://[a-z0-9.]+:\\d+/", "https://plugins.example/");
        known = TENANT.matcher(known).replaceAll("acme");
        known = TIME.matcher(known).replaceAll("2026-11-23T12:00:00Z");
        known = DIGEST.matcher(known).replaceAll("sha256:" + "0123456789abcdef".repeat(4));
        known = TRACE.matcher(known).replaceAll("4bf92f3577b34da6a3ce929d0e0e4736");
        Matcher found = UUID.matcher(known);
        return found.replaceAll(match -> ids.computeIfAbsent(
                match.group(), unknown -> "00000000-0000-4000-8000-%012d".formatted(ids.size() + 1)));
    }
}
