package org.storysign.plugins.storage;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.ServiceTest;

@ServiceTest
class ServiceStartTest {

    @Inject
    Pool pool;

    @Test
    void the_service_is_live_and_row_level_security_is_checked_for_readiness() {
        get("/q/health/live").then().statusCode(200);
        get("/q/health/ready")
                .then()
                .body("checks.find { it.name == 'row-level security' }.status", Matchers.equalTo("UP"));
    }

    @Test
    void no_statement_lock_or_forgotten_transaction_holds_the_database_for_long() {
        Map.of(
                        "statement_timeout", "10s",
                        "lock_timeout", "5s",
                        "idle_in_transaction_session_timeout", "15s",
                        "application_name", "storysign-plugins")
                .forEach((setting, value) ->
                        assertThat(shown(setting)).as(setting).isEqualTo(value));
    }

    private String shown(String setting) {
        return pool.query("SHOW " + setting)
                .execute()
                .await()
                .atMost(Duration.ofSeconds(30))
                .iterator()
                .next()
                .getString(0);
    }
}
