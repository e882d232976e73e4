package org.storysign.plugins.storage;

import static io.restassured.RestAssured.get;

import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.ServiceTest;

@ServiceTest
class ServiceStartTest {

    @Test
    void the_service_is_ready_on_the_embedded_database() {
        get("/q/health/ready").then().statusCode(200);
    }
}
