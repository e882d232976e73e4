package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.ServiceTest;

/** Control C26: however a path is bent, it gives no more access than the plain one. */
@ServiceTest
class PathMutationTest {

    /** Statuses that give nothing away; a redirect would be one more way round. */
    private static final Set<Integer> REFUSED = Set.of(400, 401, 403, 404, 405, 406, 414, 415);

    private final ApiTenant tenant = new ApiTenant();

    static Stream<String> requests() {
        return RolesTest.MAY.entrySet().stream()
                .filter(row -> !row.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void no_bent_path_lets_in_somebody_without_a_key(String request) throws IOException {
        List<String> letIn = new ArrayList<>();
        for (String mutant : mutants(path(request))) {
            Answer answer = ask(method(request), mutant, "");
            if (!answer.givesNothing(method(request))) {
                letIn.add(mutant + " -> " + answer);
            }
        }

        assertThat(letIn).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void no_bent_path_lets_in_a_role_that_the_plain_one_refuses(String request) throws IOException {
        Role refused = Stream.of(Role.AUDITOR, Role.CALLER, Role.VIEWER)
                .filter(role ->
                        !Objects.requireNonNull(RolesTest.MAY.get(request)).contains(role))
                .findFirst()
                .orElseThrow();
        String key = tenant.makeKey(Map.of("name", "refused", "roles", List.of(refused.publicName())));
        List<String> letIn = new ArrayList<>();
        for (String mutant : mutants(path(request))) {
            Answer answer = ask(method(request), mutant, "X-API-Key: " + key + "\r\n");
            if (!answer.givesNothing(method(request))) {
                letIn.add(mutant + " -> " + answer);
            }
        }

        assertThat(letIn).isEmpty();
    }

    @Test
    void other_methods_and_overrides_give_nothing_away() throws IOException {
        assertThat(send("HEAD", "/api/plugins/status", "")).isEqualTo(401);
        assertThat(send("TRACE", "/api/plugins/status", "")).isIn(REFUSED);
        assertThat(send("CONNECT", "/api/plugins/status", "")).isIn(REFUSED);
        assertThat(send("OPTIONS", "/api/plugins/status", "")).isIn(200, 204, 401, 405);
        assertThat(send("PROPFIND", "/api/plugins/status", "")).isIn(REFUSED);
        String viewer = "X-API-Key: " + tenant.makeKey(Map.of("name", "viewer", "roles", List.of("viewer"))) + "\r\n";
        for (String override : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
            assertThat(send("GET", "/api/plugins/resizer", viewer + override + ": DELETE\r\n"))
                    .isEqualTo(404);
            assertThat(send("POST", "/api/plugins/resizer", viewer + override + ": DELETE\r\n"))
                    .isEqualTo(405);
        }
        for (String rewrite : List.of("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix")) {
            assertThat(send("GET", "/api/plugins/keys", viewer + rewrite + ": /api/plugins/status\r\n"))
                    .isEqualTo(403);
        }
    }

    @Test
    void a_slash_at_the_end_changes_nothing() throws IOException {
        String viewer = "X-API-Key: " + tenant.makeKey(Map.of("name", "viewer", "roles", List.of("viewer"))) + "\r\n";

        assertThat(send("GET", "/api/plugins", viewer)).isEqualTo(200);
        assertThat(send("GET", "/api/plugins/", viewer)).isEqualTo(200);
        assertThat(send("GET", "/api/plugins/status/", viewer)).isEqualTo(200);
        assertThat(send("GET", "/api/plugins/", "")).isEqualTo(401);
        assertThat(send("GET", "/api/plugins/keys/", viewer)).isEqualTo(403);
    }

    private static List<String> mutants(String path) {
        List<String> mutants = new ArrayList<>();
        int last = path.lastIndexOf('/');
        String parent = path.substring(0, last);
        String leaf = path.substring(last + 1);
        for (String slash : List.of(
                "//",
                "///",
                "/./",
                "/x/../",
                "/%2e/",
                "/x/%2e%2e/",
                "%2F",
                "%2f",
                "%5C",
                "\\",
                "/;/",
                "/;a=b/",
                "/%3B/",
                "/%00/",
                "/%20/",
                "/.;/",
                "/..;/")) {
            mutants.add(parent + slash + leaf);
            mutants.add(slash + path.substring(1));
        }
        for (String end : List.of(
                "/",
                "//",
                ";",
                ";x",
                ";x=y",
                "%3Bx",
                "%2F",
                "%5C",
                "/.",
                "/./",
                "/..",
                "/../" + leaf,
                ".",
                ".json",
                "%20",
                "%00",
                "%0d%0a",
                "#",
                "?",
                "?x",
                "%3F",
                "/%2e%2e/" + leaf)) {
            mutants.add(path + end);
        }
        mutants.add(path.toUpperCase(java.util.Locale.ROOT));
        mutants.add(parent + "/" + Character.toUpperCase(leaf.charAt(0)) + leaf.substring(1));
        mutants.add(parent + "/" + "%" + Integer.toHexString(leaf.charAt(0)) + leaf.substring(1));
        mutants.add("/q/.." + path);
        mutants.add("/q/health/../.." + path);
        mutants.add("/api/plugins/schema/manifest/../.." + path.substring("/api/plugins".length()));
        mutants.add("/api/plugins/schema/manifest;/../../../.." + path);
        mutants.add("/api/plugins/schema/manifest%2F..%2F..%2F" + leaf);
        mutants.add("http://localhost" + path);
        return mutants;
    }

    private static String method(String request) {
        return request.substring(0, request.indexOf(' '));
    }

    private static String path(String request) {
        return MatrixClient.path(request, "resizer");
    }

    /** @param body how many bytes followed the head */
    private record Answer(int status, int body) {

        /** Which methods an address knows is told to everybody who asks for that; there is nothing in it. */
        boolean givesNothing(String method) {
            return REFUSED.contains(status) || (method.equals("OPTIONS") && status == 200 && body == 0);
        }
    }

    private static int send(String method, String path, String headers) throws IOException {
        return ask(method, path, headers).status;
    }

    /** Clients would tidy the path up, so the request is written by hand. */
    private static Answer ask(String method, String path, String headers) throws IOException {
        String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers
                + "Content-Length: 0\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            int head = answer.indexOf("\r\n\r\n");
            return new Answer(Integer.parseInt(answer.substring(9, 12)), answer.length() - head - 4);
        }
    }
}
