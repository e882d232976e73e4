package org.storysign.plugins.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.storysign.plugins.identity.PluginId;
import org.storysign.plugins.identity.TenantId;
import org.storysign.plugins.kit.TestClock;
import org.storysign.plugins.problem.ProblemCode;
import org.storysign.plugins.problem.ProblemException;

class PublicRateTest {

    private static final PluginId PLUGIN = new PluginId("forms");

    private final TestClock clock = new TestClock();
    private final PublicRate rate = new PublicRate(clock);

    @Test
    void twenty_calls_pass_at_once_and_one_more_for_each_tenth_of_a_second() {
        assertThat(passing(TenantId.DEFAULT, 30)).isEqualTo(20);
        clock.advance(PublicRate.REFILL.minusMillis(1));
        assertThat(passing(TenantId.DEFAULT, 1)).isZero();
        clock.advance(PublicRate.REFILL.multipliedBy(3).minusMillis(PublicRate.REFILL.toMillis() - 1));

        assertThat(passing(TenantId.DEFAULT, 30)).isEqualTo(3);
    }

    @Test
    void another_tenants_plugin_has_a_bucket_of_its_own() {
        passing(TenantId.DEFAULT, 20);

        assertThat(passing(new TenantId("other"), 30)).isEqualTo(20);
        assertThatThrownBy(() -> rate.take(TenantId.DEFAULT, PLUGIN))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.RATE_LIMITED));
    }

    @Test
    void many_at_once_get_no_more_than_one_after_the_other() {
        AtomicInteger passed = new AtomicInteger();

        IntStream.range(0, 1_000).parallel().forEach(_ -> passed.addAndGet(passing(TenantId.DEFAULT, 1)));

        assertThat(passed).hasValue(20);
    }

    private int passing(TenantId tenant, int attempts) {
        int passed = 0;
        for (int attempt = 0; attempt < attempts; attempt++) {
            try {
                rate.take(tenant, PLUGIN);
                passed++;
            } catch (ProblemException refused) {
                // Counted by what is left.
            }
        }
        return passed;
    }
}
