package org.storysign.plugins.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.kit.ServiceTest;
import org.storysign.plugins.rest.walk.ApiWalk;

/**
 * Control C27: requests made out of the API's own description, good, nearly good and hostile, are answered as the description says, and none of
 * them with a fault of the service.
 */
@ServiceTest
class ApiWalkTest {

    @Test
    void fifteen_hundred_requests_are_answered_as_described() {
        walk(1_500);
    }

    @Test
    @Tag("full")
    void ten_thousand_requests_are_answered_as_described() {
        walk(10_000);
    }

    private static void walk(int requests) {
        ApiWalk walk = new ApiWalk(new ApiTenant(), 20_261_123);
        List<String> faults = walk.run(requests);
        System.out.println(
                "walked " + requests + " requests over " + walk.operations() + " operations: " + walk.statuses());
        assertThat(faults).isEmpty();
        assertThat(walk.succeeded())
                .as("operations that succeeded at least once")
                .isGreaterThan(walk.operations() / 2);
    }
}
