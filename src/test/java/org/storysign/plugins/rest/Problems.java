package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import org.storysign.plugins.problem.ProblemCode;

/** Checks what every fault must be, whatever caused it. */
public final class Problems {

    private static final String[] NEVER_OUTSIDE = {
        "java.",
        "jakarta.",
        "org.storysign",
        "org.jboss",
        "io.quarkus",
        "io.vertx",
        "com.dylibso",
        "com.fasterxml",
        "Exception",
        "\tat ",
        "NullPointer"
    };

    private Problems() {}

    /** A whole problem of RFC 9457, of this code, without a word of Java. */
    public static Response assertProblem(Response answer, ProblemCode code) {
        String body = answer.asString();
        assertThat(answer.statusCode()).as(body).isEqualTo(code.status());
        assertThat(answer.contentType()).as(body).isEqualTo("application/problem+json");
        assertThat(answer.<String>path("code")).as(body).isEqualTo(code.code());
        assertThat(answer.<String>path("type")).isEqualTo("urn:storysign:problem:" + code.code());
        assertThat(answer.<String>path("title")).isEqualTo(code.title());
        assertThat(answer.<Integer>path("status")).isEqualTo(code.status());
        assertThat(answer.<String>path("detail")).isNotBlank();
        assertThat(answer.<String>path("instance")).startsWith("/");
        assertThat(answer.<String>path("traceId")).matches("[0-9a-f]{32}").isEqualTo(answer.header("Trace-Id"));
        assertThat(body).doesNotContain(NEVER_OUTSIDE);
        return answer;
    }
}
