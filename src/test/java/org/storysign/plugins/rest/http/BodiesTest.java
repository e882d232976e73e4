package org.storysign.plugins.rest.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.storysign.plugins.rest.Problems.assertProblem;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.kit.TestDatabase;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.rest.ApiTenant;

/** What bodies cost while they are here, and that they cost nothing afterwards. */
@ServiceTest
class BodiesTest {

    private final ApiTenant tenant = new ApiTenant();

    @Inject
    BodyBudget budget = new BodyBudget();

    @Test
    void memory_for_bodies_is_given_back_however_a_request_ends() {
        for (int round = 0; round < 10; round++) {
            hook("{\"type\": \"filter\"}").then().statusCode(200);
            hook("{").then().statusCode(400);
            hook(" ".repeat(5 << 20)).then().statusCode(413);
        }

        // The last exchange ends a moment after its answer was read; one more request lets it.
        tenant.admin().get(ApiTenant.BASE + "/security/permissions").then().statusCode(200);
        assertThat(budget.taken()).isZero();
    }

    @Test
    void when_other_bodies_fill_the_memory_a_request_is_asked_to_come_back() {
        int most = (int) BodyBudget.LARGEST.bytes();
        budget.take(most);
        try {
            Response refused = hook("{\"type\": \"filter\"}");

            assertProblem(refused, ProblemCode.OVERLOADED);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
        } finally {
            budget.giveBack(most);
        }
        hook("{\"type\": \"filter\"}").then().statusCode(200);
    }

    @Test
    @Tag("full")
    void a_body_that_does_not_arrive_is_given_up_after_30_seconds() throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(
                            ("POST /api/plugins/hooks/story HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                            + "X-API-Key: " + TestDatabase.ADMIN_KEY
                                            + "\r\nContent-Length: 100\r\n\r\n{")
                                    .getBytes(StandardCharsets.US_ASCII));

            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);

            assertThat(answer).isEqualTo("HTTP/1.1 400");
        }
    }

    private Response hook(String body) {
        return tenant.admin().contentType(ContentType.JSON).body(body).post(ApiTenant.BASE + "/hooks/story");
    }
}
