package org.storysign.plugins.plugin.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.storysign.plugins.limits.MemorySize;
import org.storysign.plugins.platform.http.SourceHttp;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;
import org.storysign.plugins.problem.StrictJson;
import org.storysign.plugins.problem.Violations;

/**
 * One visit to a registry: asks it, and when it wants to know who asks, tells it, or fetches a token from the server it names, which
 * must be a listed one too. Used by one thread; blocks. Source: OCI distribution specification 1.1; token authentication as Docker's
 * registry describes it.
 */
final class OciRegistry {

    private static final MemorySize LARGEST_TOKEN = MemorySize.ofKiB(64);
    private static final int LONGEST_CHALLENGE = 4_096;
    private static final Pattern PARAMETER = Pattern.compile("([a-z]{1,20})=\"([^\"]{0,1000})\"");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]{1,32768}");

    private final SourceHttp http;
    private final String address;
    private final Optional<Credential> credential;
    private final long end;
    private Optional<String> authorization = Optional.empty();

    /** @param address scheme and authority; @param patience for the whole visit, from now on */
    OciRegistry(SourceHttp http, String address, Optional<Credential> credential, Duration patience) {
        this.http = http;
        this.address = address;
        this.credential = credential;
        this.end = System.nanoTime() + patience.toNanos();
    }

    /** The body of a successful answer. Fails with {@code source-refused} or {@code source-failed}. */
    byte[] get(String path, String accept, MemorySize largest, LongConsumer received) {
        SourceHttp.Answer answer = ask(path, accept, largest, received);
        if (answer.status() == 401 && authorization.isEmpty()) {
            authorization = Optional.of(authorization(answer.headers().getOrDefault("www-authenticate", "")));
            answer = ask(path, accept, largest, received);
        }
        return switch (answer.status()) {
            case 200 -> answer.body();
            case 401, 403 -> throw closed();
            case 404 -> throw failed("has no " + path);
            default -> throw failed("answers " + answer.status() + " to " + path);
        };
    }

    private SourceHttp.Answer ask(String path, String accept, MemorySize largest, LongConsumer received) {
        Map<String, String> headers = new TreeMap<>(Map.of("Accept", accept));
        authorization.ifPresent(value -> headers.put("Authorization", value));
        // What a registry says beside a refusal has room too.
        MemorySize room = new MemorySize(Math.max(largest.bytes(), LARGEST_TOKEN.bytes()));
        return http.get(new SourceHttp.Request(address + path, headers, room, received), left());
    }

    private String authorization(String challenge) {
        if (challenge.length() > LONGEST_CHALLENGE) {
            throw failed("asks who we are in " + challenge.length() + " characters");
        }
        if (challenge.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return "Bearer " + token(parameters(challenge));
        }
        return credential
                .filter(known -> challenge.regionMatches(true, 0, "Basic", 0, 5))
                .orElseThrow(this::closed)
                .basic();
    }

    private String token(Map<String, String> challenge) {
        StringBuilder url = new StringBuilder(challenge.getOrDefault("realm", ""));
        char next = '?';
        for (String name : new String[] {"service", "scope"}) {
            String value = challenge.get(name);
            if (value != null) {
                url.append(next).append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
                next = '&';
            }
        }
        Map<String, String> headers =
                credential.map(known -> Map.of("Authorization", known.basic())).orElse(Map.of());
        SourceHttp.Answer answer =
                http.get(new SourceHttp.Request(url.toString(), headers, LARGEST_TOKEN, arrived -> {}), left());
        Violations violations = new Violations();
        JsonNode json = new StrictJson(10).read(answer.body(), violations);
        String token = json.path("token").asText(json.path("access_token").asText(""));
        if (answer.status() != 200
                || !violations.isEmpty()
                || !TOKEN.matcher(token).matches()) {
            throw closed();
        }
        return token;
    }

    private static Map<String, String> parameters(String challenge) {
        Map<String, String> found = new TreeMap<>();
        Matcher matcher = PARAMETER.matcher(challenge);
        while (matcher.find()) {
            found.putIfAbsent(matcher.group(1), matcher.group(2));
        }
        return found;
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
    }

    private ProblemException closed() {
        return failed(
                credential.isPresent()
                        ? "does not accept the credentials that were named"
                        : "wants to know who asks: name `credentials` that an operator keeps for it");
    }

    private ProblemException failed(String how) {
        return new ProblemException(ProblemCode.SOURCE_FAILED, "The registry " + address + " " + how + ".");
    }
}
