package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.rest.MatrixClient.Answer;

/** Control C33: a principal that asks too often is told so and when to come back; nobody else notices. */
@ServiceTest
class RateLimitTest {

    private static final String STATUS = "GET /api/plugins/status";

    /** Far more than a user's burst, however slowly it is sent. */
    private static final int PATIENCE = 20_000;

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void a_user_that_asks_too_often_is_told_when_to_come_back_and_others_go_on() throws IOException {
        Map<String, String> ada = Map.of("Authorization", "Bearer " + tenant.token("ada"));

        Answer answer = MatrixClient.send(STATUS, "", ada);
        int sent = 1;
        while (answer.status() != 429 && sent < PATIENCE) {
            assertThat(answer.status()).isEqualTo(403);
            answer = MatrixClient.send(STATUS, "", ada);
            sent++;
        }

        assertThat(answer.code()).isEqualTo(ProblemCode.RATE_LIMITED.code());
        assertThat(answer.headers()).anyMatch("Retry-After"::equalsIgnoreCase);
        assertThat(sent).isGreaterThan(500);
        assertThat(MatrixClient.send(STATUS, "", Map.of("Authorization", "Bearer " + tenant.token("grace")))
                        .status())
                .isEqualTo(403);
        tenant.as(Role.VIEWER).get(ApiTenant.BASE + "/status").then().statusCode(200);
        for (String open : java.util.List.of("GET /q/health/live", "GET /q/metrics")) {
            assertThat(MatrixClient.send(open, "", ada).status()).as(open).isEqualTo(200);
        }
    }
}
