package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Map;
import org.storysign.plugins.kit.Pauses;

/** Installs that take a while, as one tenant's administrator begins and awaits them. */
record Operations(ApiTenant tenant) {

    /** Asks the service to bring a package. */
    Response begin(String path, Map<String, ?> source) {
        return tenant.admin()
                .contentType(ContentType.JSON)
                .body(Map.of("source", source))
                .post(ApiTenant.BASE + path);
    }

    /** The operation's last answer. */
    Response install(Map<String, ?> source) {
        return ended(begin("/install", source));
    }

    Response ended(Response begun) {
        assertThat(begun.statusCode()).as(begun.asString()).isEqualTo(202);
        assertThat(begun.header("Location")).endsWith("/api/plugins/operations/" + begun.<String>path("id"));
        while (true) {
            Response now = tenant.admin().get(begun.header("Location"));
            assertThat(now.statusCode()).isEqualTo(200);
            if (now.path("finished_at") != null) {
                return now;
            }
            Pauses.brief();
        }
    }
}
