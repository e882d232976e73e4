package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.Role;
import org.storysign.plugins.kit.ServiceTest;

/** The examples as the product and an operator meet them; {@link PluginLifeTest} has the first of them. */
@ServiceTest
class ExamplesTest {

    private static final String PROGRESS_GRANTS =
            "[\"storage:read\", \"storage:write\", \"read:user_data\", \"write:user_data\", \"modify:ui\"]";

    private static final String ANALYTICS = ApiTenant.BASE + "/enhanced-progress/endpoints/custom-analytics";

    private final ApiTenant tenant = new ApiTenant();

    @Test
    void a_session_that_ended_is_kept_once_an_operator_granted_storage() throws IOException {
        install("session-logger");
        tenant.enable("session-logger");
        end("s-1").then().statusCode(200).body("executions[0].status", equalTo("completed"));
        assertThat(keys("session-logger")).isEmpty();

        post("session-logger/disable", "").then().statusCode(200);
        enableWithConsent("session-logger", "[\"storage:write\"]");
        end("s-2").then().statusCode(200).body("result", equalTo(91)).body("executions[0].changed", equalTo(List.of()));

        assertThat(keys("session-logger")).containsExactly("sessions/s-2");
        tenant.admin()
                .get(ApiTenant.BASE + "/session-logger/data/sessions/s-2")
                .then()
                .statusCode(200)
                .body("module", equalTo("asl-world"))
                .body("result", equalTo(91));
    }

    @Test
    void the_phrase_of_the_day_is_answered_in_the_products_place() throws IOException {
        install("phrase-of-the-day");
        tenant.enable("phrase-of-the-day");

        Response today = phrase("{\"type\": \"replace\"}");
        Response another = phrase("{\"type\": \"replace\", \"kwargs\": {\"date\": \"2026-11-24\"}}");

        today.then()
                .statusCode(200)
                .body("handled_by", equalTo(List.of("phrase-of-the-day")))
                .body("result.date", matchesRegex("20[0-9]{2}-[0-9]{2}-[0-9]{2}"));
        another.then().body("result.text", equalTo("See you tomorrow.")).body("result.date", equalTo("2026-11-24"));
    }

    @Test
    void practice_of_a_user_changes_the_stories_of_that_user_alone() throws IOException {
        install("enhanced-progress");
        enableWithConsent("enhanced-progress", PROGRESS_GRANTS);

        practise("ada", 95);

        story("ada", "asl-world").then().body("result.suggested_difficulty", equalTo("hard"));
        story("bob", "asl-world").then().body("result.suggested_difficulty", equalTo(null));
        story("ada", "math-world").then().body("executions", equalTo(List.of()));
        tenant.admin()
                .get(ApiTenant.BASE + "/enhanced-progress/data/statistics?user_id=ada")
                .then()
                .statusCode(200)
                .body("practised", equalTo(1));
        assertThat(keys("enhanced-progress")).containsExactly("data_version", "learners");
    }

    @Test
    void the_endpoint_tells_a_signed_in_user_what_is_theirs() throws IOException {
        install("enhanced-progress");
        enableWithConsent("enhanced-progress", PROGRESS_GRANTS);
        practise("ada", 70);

        tenant.asUser("ada")
                .get(ANALYTICS)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("practised", equalTo(1))
                .body("suggested_difficulty", equalTo("medium"));
        tenant.asUser("bob").get(ANALYTICS).then().statusCode(200).body("practised", equalTo(0));
        tenant.as(Role.CALLER).get(ANALYTICS).then().statusCode(403);
    }

    /** A module of Go's size takes seconds to compile; until then a call may be over its time, and the hook fails open. */
    private Response phrase(String body) {
        Response answer = tenant.hook("phrase_of_the_day", body);
        for (int more = 0; more < 60 && overItsTime(answer); more++) {
            answer = tenant.hook("phrase_of_the_day", body);
        }
        return answer;
    }

    private static boolean overItsTime(Response answer) {
        return "run-time-exceeded".equals(answer.path("executions[0].problem.code"));
    }

    private void install(String example) throws IOException {
        tenant.uploadExample(example);
    }

    private void enableWithConsent(String id, String grants) {
        String consent = post(id + "/enable", "{\"grants\": " + grants + "}")
                .then()
                .statusCode(409)
                .body("code", equalTo("consent-required"))
                .extract()
                .path("consent");
        post(id + "/enable", "{\"grants\": " + grants + ", \"consent\": \"" + consent + "\"}")
                .then()
                .statusCode(200)
                .body("state", equalTo("enabled"));
    }

    private Response end(String session) {
        return tenant.hook(
                "session_end",
                "{\"type\": \"after\", \"session_id\": \"" + session
                        + "\", \"module_name\": \"asl-world\", \"user_id\": \"ada\", \"result\": 91}");
    }

    private void practise(String user, int score) {
        tenant.hook(
                        "practice_completed",
                        "{\"type\": \"after\", \"user_id\": \"" + user + "\", \"result\": {\"score\": " + score + "}}")
                .then()
                .statusCode(200)
                .body("executions[0].status", equalTo("completed"));
    }

    private Response story(String user, String module) {
        return tenant.hook(
                "story_generation",
                "{\"type\": \"filter\", \"target\": \"asl_world.story.generate\", \"user_id\": \"" + user
                        + "\", \"module_name\": \"" + module + "\", \"result\": {\"title\": \"The frog\"}}");
    }

    private List<String> keys(String id) {
        return tenant.admin().get(ApiTenant.BASE + "/" + id + "/data").path("keys");
    }

    private Response post(String path, String body) {
        return tenant.admin().contentType(ContentType.JSON).body(body).post(ApiTenant.BASE + "/" + path);
    }
}
