package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.problem.ProblemCode;

/** Requests that are not what an operation takes. */
@ServiceTest
class BadRequestsTest {

    private final ApiTenant tenant = new ApiTenant();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "nonsense",
                "[]",
                "null",
                "{\"type\": \"filter\"} and more",
                "{\"type\": \"filter\", \"type\": \"after\"}",
                "{\"type\": \"filter\", \"surprise\": 1}",
                "{\"type\": \"sideways\"}",
                "{\"type\": 1}",
                "{\"type\": \"filter\", \"args\": {}}",
                "{\"type\": \"filter\", \"deadline_ms\": -1}",
                "{\"type\": \"filter\", \"deadline_ms\": 1e3000}",
                "{\"type\": \"filter\", \"result\": NaN}"
            })
    void a_body_that_is_not_the_json_an_operation_takes_is_told_where(String body) {
        Response answer = tenant.hook("story", body);

        assertProblem(answer, ProblemCode.REQUEST_INVALID);
        assertThat(answer.<List<String>>path("errors.pointer")).isNotEmpty();
    }

    @Test
    void every_violation_is_told_at_once_with_its_pointer() {
        Response answer = tenant.admin()
                .contentType("application/json")
                .body("{\"name\": 1, \"roles\": [\"king\"], \"expires_at\": \"yesterday\", \"extra\": true}")
                .post(ApiTenant.BASE + "/keys");

        assertProblem(answer, ProblemCode.REQUEST_INVALID);
        assertThat(answer.<List<String>>path("errors.pointer"))
                .containsExactlyInAnyOrder("/extra", "/name", "/roles", "/expires_at");
    }

    @Test
    void nesting_of_100_levels_is_read_and_of_101_and_100_000_is_refused() {
        String open = "{\"type\": \"filter\", \"result\": ";
        tenant.hook("story", open + "[".repeat(99) + "]".repeat(99) + "}")
                .then()
                .statusCode(200);

        assertProblem(
                tenant.hook("story", open + "[".repeat(100) + "]".repeat(100) + "}"), ProblemCode.REQUEST_INVALID);
        assertProblem(tenant.hook("story", open + "[".repeat(100_000)), ProblemCode.REQUEST_INVALID);
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() {
        byte[] body = "{\"type\": \"filter\", \"result\": \"?\"}".getBytes(StandardCharsets.UTF_8);
        body[body.length - 3] = (byte) 0xC3;

        assertProblem(tenant.hook("story", body), ProblemCode.REQUEST_INVALID);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/plugins?limit=0",
        "GET,/api/plugins?limit=101",
        "GET,/api/plugins?limit=ten",
        "GET,/api/plugins?status=asleep",
        "GET,/api/plugins?permission=root",
        "GET,/api/plugins?cursor=%25%25",
        "GET,/api/plugins?surprise=1",
        "POST,/api/plugins/x1/disable?dry_run=true",
        "DELETE,/api/plugins/x1?keep_data=maybe",
        "GET,/api/plugins/hooks/UPPER",
        "GET,/api/plugins/audit?cursor=bm90LWEtbnVtYmVy"
    })
    void a_parameter_that_is_unknown_or_not_of_its_form_is_refused(String method, String path) {
        assertProblem(tenant.admin().request(method, path), ProblemCode.REQUEST_INVALID);
    }

    @Test
    void a_body_of_the_largest_size_is_taken_and_one_byte_more_is_refused() {
        String form = "{\"name\": \"n\", \"roles\": [\"viewer\"]}";
        String largest = form + " ".repeat((64 << 10) - form.length());

        tenant.admin()
                .contentType("application/json")
                .body(largest)
                .post(ApiTenant.BASE + "/keys")
                .then()
                .statusCode(201);
        Response refused = tenant.admin()
                .contentType("application/json")
                .body(largest + " ")
                .post(ApiTenant.BASE + "/keys");

        assertProblem(refused, ProblemCode.REQUEST_TOO_LARGE);
        assertThat(refused.<Integer>path("limit")).isEqualTo(64 << 10);
    }

    @Test
    void a_gigabyte_that_is_announced_is_refused_before_any_of_it_is_sent() throws IOException {
        String answer = send("Content-Length: 1073741824\r\n", out -> {});

        assertThat(answer).startsWith("HTTP/1.1 413").contains("request-too-large");
    }

    @Test
    void a_stream_without_an_end_is_refused_when_it_passes_the_limit() throws IOException {
        byte[] chunk = ("10000\r\n" + " ".repeat(65_536) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        String answer = send("Transfer-Encoding: chunked\r\n", out -> {
            for (int count = 0; count < 400; count++) {
                out.write(chunk);
            }
        });

        assertThat(answer).startsWith("HTTP/1.1 413").contains("request-too-large");
    }

    @Test
    void a_body_without_a_key_is_not_waited_for() throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            "POST /api/plugins/install HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000000\r\n\r\n"
                                    .getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);

            assertThat(answer).isEqualTo("HTTP/1.1 401");
        }
    }

    @Test
    void a_connection_whose_body_was_refused_unread_answers_again_or_is_closed() throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(
                    "POST /api/plugins/keys HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 200000\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 401");

            String rest = "";
            try {
                out.write(" ".repeat(200_000).getBytes(StandardCharsets.US_ASCII));
                out.write("GET /api/plugins/schema/manifest HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
                rest = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (java.net.SocketException closed) {
                return;
            }
            assertThat(rest)
                    .satisfiesAnyOf(
                            answered -> assertThat(answered).contains("HTTP/1.1 200"),
                            ended -> assertThat(ended).contains("onnection: close"));
        }
    }

    @Test
    void after_a_refused_body_the_service_goes_on() {
        for (int count = 0; count < 20; count++) {
            tenant.admin()
                    .contentType("application/json")
                    .body(" ".repeat(100_000))
                    .post(ApiTenant.BASE + "/keys")
                    .then()
                    .statusCode(413);
        }

        tenant.admin().get(ApiTenant.BASE + "/status").then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "manifest"})
    void a_form_without_its_parts_is_refused(String part) {
        Response answer = tenant.admin().multiPart(part, "file", new byte[] {1}).post(ApiTenant.BASE + "/upload");

        assertProblem(answer, ProblemCode.REQUEST_INVALID);
    }

    @ParameterizedTest
    @CsvSource({"'\"text\"', AGFzbQ==, /manifest", "{}, *not base64*, /module"})
    void a_package_in_json_needs_both_halves_of_the_right_type(String manifest, String module, String wrong) {
        Response answer = tenant.admin()
                .contentType("application/json")
                .body("{\"manifest\": " + manifest + ", \"module\": \"" + module + "\"}")
                .post(ApiTenant.BASE + "/install");

        assertProblem(answer, ProblemCode.REQUEST_INVALID);
        assertThat(answer.<List<String>>path("errors.pointer")).containsExactly(wrong);
    }

    /** Sends the head of an upload and then whatever, as long as the service listens; its answer. */
    private String send(String head, Sending body) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /api/plugins/upload HTTP/1.1\r\nHost: localhost\r\nPlugins-Tenant: " + tenant.id()
                            + "\r\nX-API-Key: " + TestDatabase.ADMIN_KEY
                            + "\r\nContent-Type: multipart/form-data; boundary=x\r\n" + head + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            try {
                body.to(out);
            } catch (IOException stoppedListening) {
                // The answer is there; the rest of the body interests nobody.
            }
            InputStream in = socket.getInputStream();
            byte[] answer = new byte[4_096];
            int length = 0;
            for (int read = 0; read >= 0 && length < answer.length; length += Math.max(read, 0)) {
                read = in.read(answer, length, answer.length - length);
                if (new String(answer, 0, length + Math.max(read, 0), StandardCharsets.UTF_8).contains("\r\n\r\n{")) {
                    length += Math.max(read, 0);
                    break;
                }
            }
            return new String(answer, 0, length, StandardCharsets.UTF_8);
        }
    }

    /** Writes a body. */
    private interface Sending {
        void to(OutputStream out) throws IOException;
    }
}
