package org.storysign.plugins.platform.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.storysign.plugins.kit.Pauses;
import org.storysign.plugins.platform.PlatformService;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

@Timeout(60)
class CircuitTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int REQUESTS = 4;

    /** Opens at the fourth failure, and stays so. */
    private static final CircuitTerms STRICT = new CircuitTerms(REQUESTS, 1, Duration.ofHours(1), Duration.ofMillis(1));

    @ParameterizedTest
    @EnumSource
    void a_service_that_fails_is_left_alone_and_no_other_is(Probe probe) {
        try (Product product = Probe.product(STRICT)) {
            fail(probe, product, REQUESTS);
            int asked = probe.server(product).requests();

            assertUnavailable(probe, product, "has failed too often and is left alone for a moment");

            assertThat(probe.server(product).requests()).isEqualTo(asked);
            assertThat(product.connectors().answering())
                    .containsEntry(probe.service(), false)
                    .hasSize(4);
            for (Probe other : Probe.values()) {
                if (other.service() != probe.service()) {
                    assertThat(other.call(product, LONG)).isNotNull();
                    assertThat(product.connectors().answering()).containsEntry(other.service(), true);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_failure_less_leaves_the_circuit_closed(Probe probe) {
        try (Product product = Probe.product(STRICT)) {
            fail(probe, product, REQUESTS - 1);

            assertThat(probe.call(product, LONG)).isNotNull();
        }
    }

    @Test
    void a_service_that_is_well_again_is_asked_again() {
        try (Product product =
                Probe.product(new CircuitTerms(REQUESTS, 1, Duration.ofMillis(1), Duration.ofMillis(1)))) {
            fail(Probe.FIND_USER, product, REQUESTS);

            Pauses.await("it is asked again", LONG, () -> isServed(product));

            assertThat(product.connectors().answering()).containsEntry(PlatformService.USERS, true);
        }
    }

    @Test
    void while_it_fails_it_is_asked_now_and_then_and_stays_left_alone() {
        try (Product product =
                Probe.product(new CircuitTerms(REQUESTS, 1, Duration.ofMillis(1), Duration.ofMillis(1)))) {
            fail(Probe.FIND_USER, product, REQUESTS);
            ContractServer server = product.server(PlatformService.USERS);
            server.answer(Fault.status(500));
            int asked = server.requests();

            Pauses.await("it is asked again", LONG, () -> {
                assertThatThrownBy(() -> Probe.FIND_USER.call(product, LONG)).isInstanceOf(ProblemException.class);
                return server.requests() > asked;
            });

            assertThat(product.connectors().answering()).containsEntry(PlatformService.USERS, false);
        }
    }

    @Test
    void a_guest_with_little_time_cannot_have_a_service_left_alone() {
        try (Product product = Probe.product(STRICT)) {
            for (int call = 0; call < 2 * REQUESTS; call++) {
                product.server(PlatformService.USERS).answer(Fault.SILENT);
                assertThatThrownBy(() -> Probe.FIND_USER.call(product, Duration.ofMillis(20)))
                        .isInstanceOf(ProblemException.class);
            }

            assertThat(product.connectors().answering()).containsEntry(PlatformService.USERS, true);
        }
    }

    @Test
    void a_guest_whose_input_is_not_taken_cannot_have_a_service_left_alone() {
        try (Product product = Probe.product(STRICT)) {
            for (int status : new int[] {400, 404, 409, 413, 422, 429, 400, 400}) {
                product.server(PlatformService.USERS).answer(Fault.status(status));
                assertThatThrownBy(() -> Probe.FIND_USER.call(product, LONG)).isInstanceOf(ProblemException.class);
            }

            assertThat(Probe.FIND_USER.call(product, LONG)).isNotNull();
        }
    }

    @Test
    void a_service_that_is_late_with_time_enough_fails() {
        CircuitTerms one = new CircuitTerms(1, 1, Duration.ofHours(1), Duration.ofMillis(1));
        try (Product product = Probe.product(one)) {
            product.server(PlatformService.USERS).answer(Fault.SILENT);

            assertThatThrownBy(() -> Probe.FIND_USER.call(product, ProductService.FAIR))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            late -> assertThat(late.code()).isEqualTo(ProblemCode.SERVICE_TIMEOUT));

            assertThat(product.connectors().answering()).containsEntry(PlatformService.USERS, false);
        }
    }

    @Test
    void what_is_kept_here_has_no_circuit_and_is_never_refused() {
        try (Connectors none = new Connectors(Map.of(), STRICT)) {
            assertThat(none.answering()).isEmpty();
            Connectors.POSSIBLE.forEach(none::requireEmbedded);
        }
    }

    private static boolean isServed(Product product) {
        try {
            Probe.FIND_USER.call(product, LONG);
            return true;
        } catch (ProblemException leftAlone) {
            return false;
        }
    }

    private static void fail(Probe probe, Product product, int times) {
        for (int failure = 0; failure < times; failure++) {
            probe.server(product).answer(Fault.status(500));
            assertUnavailable(probe, product, "answered with status 500");
        }
    }

    private static void assertUnavailable(Probe probe, Product product, String how) {
        assertThatThrownBy(() -> probe.call(product, LONG)).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.SERVICE_UNAVAILABLE);
            assertThat(problem.detail()).endsWith(how);
        });
    }
}
